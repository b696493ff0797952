/** What VS Code loads. */
export function activate(): void {}
