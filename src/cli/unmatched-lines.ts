import { hasImageName } from '#workstation/intake/name-pattern.ts'

/** Files without a place as lines: how many there are, then as many as a person reads, images before others. */
export function unmatchedLines(paths: readonly string[]): readonly string[] {
  if (paths.length === 0) return []
  const images = paths.filter(path => hasImageName({ path }))
  const others = paths.filter(path => !hasImageName({ path }))
  const shown = [...images, ...others].slice(0, MOST_LINES).map(path => `unmatched   ${path}`)
  const more = paths.length - shown.length
  return [
    notRecognised(images.length, others.length),
    ...shown,
    ...(more > 0 ? [`… and ${more} more`] : []),
  ]
}

/** `--json` has them all. */
const MOST_LINES = 20

/** `3 images and 40 other files were not recognised.` */
function notRecognised(images: number, others: number): string {
  const parts = [
    ...(images === 0 ? [] : [images === 1 ? '1 image' : `${images} images`]),
    ...(others === 0 ? [] : [others === 1 ? '1 other file' : `${others} other files`]),
  ]
  return `${parts.join(' and ')} ${images + others === 1 ? 'was' : 'were'} not recognised.`
}

/**
 * What to tell where a folder has images and none of them was used; null where some were, or where there are none.
 *
 * @param used planes that were found a place
 * @param unmatched files that were not
 */
export function nothingUsed(used: number, unmatched: readonly string[]): string | null {
  const images = unmatched.filter(path => hasImageName({ path })).length
  if (used > 0 || images === 0) return null
  const none = images === 1 ? 'The image was not used' : `None of the ${images} images was used`
  return `${none}: nothing says where it belongs. Try --naming loose, or a pattern with named groups (?<well>…).`
}
