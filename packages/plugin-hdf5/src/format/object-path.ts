/** Paths of the groups that contain an object, from the outermost: `/dl1` and `/dl1/event` of `/dl1/event/trigger`. */
export function groupsAbove(path: string): string[] {
  const names = path.split('/').slice(1, -1);
  return names.map((_, i) => `/${names.slice(0, i + 1).join('/')}`);
}

/** Path of a table without the telescope: `/dl1/event/telescope/images` of `/dl1/event/telescope/images/tel_001`. */
export function familyOf(path: string): string {
  return path.replace(/\/tel_\d+$/, '');
}

/** Path of a table with `tel_*` in place of the telescope, for messages about the tables of all telescopes. */
export function ofAllTelescopes(path: string): string {
  return path.replace(/\/tel_\d+$/, '/tel_*');
}

/** Whether a path matches a pattern, in which `*` stands for any text. */
export function matchesPattern(path: string, pattern: string): boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[\\^$.|?+()[\]{}]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`).test(path);
}
