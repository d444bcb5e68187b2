/**
 * The path of a file that an index names relative to its own folder; null where it would lead out of that folder, or
 * names no file on this disk.
 *
 * @param folder relative to the surveyed folder, with forward slashes; '' for that folder itself
 * @param named as the index writes it, with slashes of either kind
 */
export function pathBelow(folder: string, named: string): string | null {
  const parts = named
    .replaceAll('\\', '/')
    .split('/')
    .filter(part => part !== '.')
  // An empty part is an absolute path or a share's name; a colon is a drive or a protocol.
  const outside = parts.some(part => part === '' || part === '..' || /[:\0]/.test(part))
  if (outside || parts.length === 0) return null
  return (folder === '' ? parts : [folder, ...parts]).join('/')
}
