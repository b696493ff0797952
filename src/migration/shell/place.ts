/** Where a shell may be. No pairs: it is not known. */
export interface Place {
  /** For each folder that the shell may have started in, where it is now. */
  readonly pairs: readonly Pair[];
  /** It has changed directory since it started. */
  readonly moved: boolean;
  /** The folder is one of several that a variable goes through. */
  readonly varied: boolean;
}

export interface Pair {
  readonly start: string;
  readonly folder: string;
}

export function startPlace(starts: readonly string[]): Place {
  return {
    pairs: starts.map((start) => ({ start, folder: start })),
    moved: false,
    varied: false,
  };
}

export const nowhere: Place = { pairs: [], moved: true, varied: false };

/** A place that is certain. */
export function placeAt(folder: string, starts: readonly string[]): Place {
  return { pairs: starts.map((start) => ({ start, folder })), moved: true, varied: false };
}

/** The folder, where it is certain. */
export function folderAt(place: Place): string | null {
  const [first, ...more] = place.pairs;
  return first === undefined || more.some(({ folder }) => folder !== first.folder)
    ? null
    : first.folder;
}

export function samePlace(a: Place, b: Place): boolean {
  const key = ({ pairs }: Place) =>
    pairs.map((pair) => `${pair.start}\n${pair.folder}`).join("\n\n");
  return key(a) === key(b);
}

/** Whether a place is another one, or that with some of its starts ruled out. */
export function isWithin(place: Place, other: Place): boolean {
  return (
    (place.pairs.length > 0 || other.pairs.length === 0) &&
    place.pairs.every((pair) =>
      other.pairs.some(({ start, folder }) => start === pair.start && folder === pair.folder),
    )
  );
}

/** The start of a place that is known whatever the start was. */
export const ANY_START = "*";
