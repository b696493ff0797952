import type { Checks } from "../../commands/checks.ts";
import { checksPlan, gatherChecks } from "../../commands/checks.ts";
import type { Addition } from "../../migration/checks/addition.ts";
import { callSiteKind } from "../../monorepo/call-site-files.ts";
import { MessageError } from "../../plan/message.ts";
import type { Listed } from "./listed.ts";
import type { Group, Listing, Row } from "./listing.ts";
import { changeOf } from "./migration-listing.ts";

/** **Add Checks**: what keeps it so, in CI and before each commit. */
export const checksListed: Listed = {
  title: "Add Checks",
  id: "checks",
  isRead: (path) => callSiteKind(path) !== null,
  read: async ({ root, scan, health }) => {
    if (health.state === "not consolidated") {
      throw new MessageError("There is nothing to check yet: run Consolidate Requirements first.");
    }
    const checks = await gatherChecks(root, scan);
    return async ({ toggled }) => checksListing(checks, toggled);
  },
  next: null,
};

function checksListing(checks: Checks, toggled: ReadonlySet<string>): Listing {
  const can = checks.additions.filter(({ edits }) => edits.length > 0);
  const ticked = (one: Addition) => one.advised !== toggled.has(one.path);
  const rows = (wanted: (one: Addition) => boolean) =>
    checks.additions.filter(wanted).map((one) => rowOf(one, checks, ticked(one)));
  const groups: Group[] = [
    {
      id: "rewrite",
      title: "Add",
      about: "One check in CI is enough.",
      rows: rows((one) => can.includes(one) && one.advised),
    },
    {
      id: "offer",
      title: "Offer",
      about: "Written only where it is ticked.",
      rows: rows((one) => can.includes(one) && !one.advised),
    },
    {
      id: "report",
      title: "Left for a person",
      about: "The reason says what to add by hand.",
      rows: rows((one) => !can.includes(one)),
    },
  ];
  return {
    groups: groups.filter((group) => group.rows.length > 0),
    plan: checksPlan(checks, new Set(can.filter(ticked).map(({ path }) => path))),
    environments: [],
    first: [],
  };
}

function rowOf({ path, what, reason, edits }: Addition, { texts }: Checks, ticked: boolean): Row {
  const change = edits.length > 0 ? changeOf(texts.get(path) ?? "", edits, []) : null;
  return {
    ...{ id: path, path, label: path, description: what, reason, change },
    tick: change === null ? null : ticked,
    form: null,
    icon: change === null ? "note" : "file",
    line: 1,
    within: [],
  };
}
