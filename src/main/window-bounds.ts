/** A rectangle on the desktop, in its pixels. */
export interface Bounds {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export const LEAST_SIZE = { width: 800, height: 500 } as const
const USUAL_SIZE = { width: 1440, height: 900 } as const
/** How much of a window's upper edge must be on a display, so that somebody can take hold of it. */
const GRIP = { width: 120, height: 32 } as const

/**
 * Where the window opens: where it was, made to fit the display it is on; in the middle of the first display where it
 * was on one that is gone.
 *
 * @param displays the part of each that windows may cover, the main one first.
 */
export function fitWindow(kept: Bounds | null, displays: readonly Bounds[]): Partial<Bounds> {
  const home = kept === null ? undefined : displays.find(display => hasGrip(kept, display))
  const [main] = displays
  if (kept !== null && home !== undefined) return within(kept, home)
  if (main === undefined) return USUAL_SIZE
  const { width, height } = sizeWithin(USUAL_SIZE, main)
  const x = Math.round(main.x + (main.width - width) / 2)
  const y = Math.round(main.y + (main.height - height) / 2)
  return { x, y, width, height }
}

function hasGrip(window: Bounds, display: Bounds): boolean {
  const across =
    Math.min(window.x + window.width, display.x + display.width) - Math.max(window.x, display.x)
  const above = window.y >= display.y
  const below = window.y + GRIP.height <= display.y + display.height
  return across >= GRIP.width && above && below
}

function within(window: Bounds, display: Bounds): Bounds {
  return { x: window.x, y: window.y, ...sizeWithin(window, display) }
}

function sizeWithin(
  size: Pick<Bounds, 'width' | 'height'>,
  display: Bounds,
): Pick<Bounds, 'width' | 'height'> {
  return {
    width: Math.max(LEAST_SIZE.width, Math.min(size.width, display.width)),
    height: Math.max(LEAST_SIZE.height, Math.min(size.height, display.height)),
  }
}
