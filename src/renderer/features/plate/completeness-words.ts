import type { PlateCompleteness } from '#contract/completeness.ts'
import { countText } from '../../lib/count-text.ts'
import { recentText } from '../../lib/moment-text.ts'

/** How much of what was promised is here: `214 of 216 images are here.` */
export function hereText(here: number, all: number): string {
  if (here === all) return all === 1 ? 'The one image is here.' : `All ${all} images are here.`
  return `${here} of ${countText(all, 'image')} ${all === 1 ? 'is' : 'are'} here.`
}

/** Whether anything more is to be expected, and when something came last. */
export function goingText({ going, lastAt }: Pick<PlateCompleteness, 'going' | 'lastAt'>): string {
  const last = lastAt === null ? '' : ` The last image came ${recentText(lastAt)}.`
  switch (going) {
    case 'unbegun':
      return 'Imaging has not begun.'
    case 'on':
      return `Imaging goes on.${last}`
    case 'ended':
      return `Imaging has ended.${last}`
  }
}

/** `Nothing of Cy5 came: 384 images missing.` */
export function absentText({
  channel,
  planes,
  state,
}: PlateCompleteness['absentChannels'][number]): string {
  if (state === 'awaited')
    return `Nothing of ${channel} has come yet: ${countText(planes, 'image')}.`
  return `Nothing of ${channel} came: ${countText(planes, 'image')} ${state}.`
}

/** `site 2, GFP`, with depth and time where the plate has several. */
export function planeText(
  { site, channel, z, t, projection }: PlateCompleteness['planes'][number],
  of: readonly PlateCompleteness['planes'][number][],
): string {
  const depth = of.some(other => other.z !== z) ? `, ${projection ? 'projection' : `z ${z}`}` : ''
  const time = of.some(other => other.t !== t) ? `, t ${t}` : ''
  return `site ${site}, ${channel}${depth}${time}`
}
