export interface Size {
  readonly width: number
  readonly height: number
}

export interface Point {
  readonly x: number
  readonly y: number
}

/** Where one looks at an image: the pixel in the middle of the pane, and how large pixels are. */
export interface Camera extends Point {
  /** CSS pixels for one image pixel. */
  readonly zoom: number
}

/** What somebody wants to see: the whole image, whatever the window's size, or a place in it. */
export type CameraWish = 'fit' | Camera

const MOST_ZOOM = 64
const MARGIN = 8

/** The camera for a wish; always one from which part of the image is seen. */
export function cameraFor(wish: CameraWish, image: Size, pane: Size): Camera {
  const whole = {
    x: image.width / 2,
    y: image.height / 2,
    zoom: fittingZoom(image, pane),
  }
  if (wish === 'fit') return whole
  return {
    x: clamp(wish.x, 0, image.width),
    y: clamp(wish.y, 0, image.height),
    zoom: clamp(wish.zoom, Math.min(whole.zoom, 1) / 2, MOST_ZOOM),
  }
}

/** The image point under a point of the pane; both from the upper left corner. */
export function imagePoint(camera: Camera, pane: Size, { x, y }: Point): Point {
  return {
    x: camera.x + (x - pane.width / 2) / camera.zoom,
    y: camera.y + (y - pane.height / 2) / camera.zoom,
  }
}

/** The same camera nearer or further, with what lies under `at` kept in its place. */
export function zoomedAt(camera: Camera, pane: Size, at: Point, factor: number): Camera {
  const zoom = Math.min(camera.zoom * factor, MOST_ZOOM)
  const held = imagePoint(camera, pane, at)
  return {
    x: held.x - (at.x - pane.width / 2) / zoom,
    y: held.y - (at.y - pane.height / 2) / zoom,
    zoom,
  }
}

/** The camera after the image was dragged by so many CSS pixels. */
export function draggedBy(camera: Camera, dx: number, dy: number): Camera {
  return { ...camera, x: camera.x - dx / camera.zoom, y: camera.y - dy / camera.zoom }
}

function fittingZoom(image: Size, pane: Size): number {
  const across = (pane.width - 2 * MARGIN) / image.width
  const down = (pane.height - 2 * MARGIN) / image.height
  return clamp(Math.min(across, down), 1e-4, MOST_ZOOM)
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most)
}
