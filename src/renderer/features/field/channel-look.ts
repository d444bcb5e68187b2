import { CELL_STAINS, NUCLEAR_STAINS, roleOf } from '#core/prepare/channel-roles.ts'
import type { ContrastMode, Limits } from './contrast.ts'

/** How a channel is shown, whichever field it is of. */
export interface ChannelLook {
  readonly channel: string
  readonly shown: boolean
  /** `#rrggbb` */
  readonly colour: string
  readonly contrast: ContrastMode
  /** What counts where the contrast is not each field's own. */
  readonly limits: Limits | null
  /** 1 is linear; below, dim structures are lifted. */
  readonly gamma: number
}

/** How many channels can be seen at once. */
export const MOST_CHANNELS = 8

const GREY = '#ffffff'
const NUCLEUS = '#3f6bff'
/** Told apart from blue and each other by people who do not see red or green, as far as four colours can be. */
const OTHERS = ['#22c55e', '#ff4fa3', '#ffc53d', '#2dd4d4', '#ff7a33', '#b388ff', '#d9d9d9']

/** Colours that can be chosen, with their names. */
export const COLOURS: readonly { readonly value: string; readonly text: string }[] = [
  { value: GREY, text: 'Grey' },
  { value: NUCLEUS, text: 'Blue' },
  { value: '#22c55e', text: 'Green' },
  { value: '#ff4fa3', text: 'Magenta' },
  { value: '#ffc53d', text: 'Yellow' },
  { value: '#2dd4d4', text: 'Cyan' },
  { value: '#ff7a33', text: 'Orange' },
  { value: '#b388ff', text: 'Violet' },
  { value: '#ff4040', text: 'Red' },
  { value: '#d9d9d9', text: 'Light grey' },
]

/** Looks for channels that have none yet: a nuclear stain is blue, a channel alone is grey, others differ. */
export function looksFor(
  channels: readonly string[],
  known: readonly ChannelLook[],
): readonly ChannelLook[] {
  const rules = [NUCLEAR_STAINS, CELL_STAINS]
  const nucleus = channels.find(channel => roleOf(channel, rules) === 'nucleus')
  const others = channels.filter(channel => channel !== nucleus)
  return channels.map(
    (channel, index) =>
      known.find(look => look.channel === channel) ?? {
        channel,
        shown: index < MOST_CHANNELS,
        colour: defaultColour(channel, channels, nucleus, others),
        contrast: 'auto',
        limits: null,
        gamma: 1,
      },
  )
}

/** Red, green and blue from 0 to 1. */
export function rgbOf(colour: string): readonly [number, number, number] {
  const value = Number.parseInt(colour.slice(1), 16)
  return [(value >> 16) / 255, ((value >> 8) & 255) / 255, (value & 255) / 255]
}

function defaultColour(
  channel: string,
  channels: readonly string[],
  nucleus: string | undefined,
  others: readonly string[],
): string {
  if (channels.length === 1) return GREY
  if (channel === nucleus) return NUCLEUS
  return OTHERS[others.indexOf(channel) % OTHERS.length]!
}
