import type { Samples } from '../../lib/pixels.ts'

export interface ImageTexture {
  readonly texture: WebGLTexture
}

/** How many colours lie in a row of a colour texture. */
const COLOUR_ROW = 256

/** Puts samples into a texture as they are: no value is rounded on the way to the screen's shader. */
export function createImageTexture(gl: WebGL2RenderingContext, samples: Samples): ImageTexture {
  const { width, height, data } = samples
  const texture = emptyTexture(gl)
  const [internal, format, type] = layoutOf(gl, data)
  gl.texImage2D(gl.TEXTURE_2D, 0, internal, width, height, 0, format, type, data)
  return { texture }
}

/** A table of colours, four bytes each. */
export function createColourTexture(gl: WebGL2RenderingContext, colours: Uint8Array): WebGLTexture {
  const count = Math.max(1, colours.length / 4)
  const rows = Math.ceil(count / COLOUR_ROW)
  const padded = new Uint8Array(COLOUR_ROW * rows * 4)
  padded.set(colours)
  const texture = emptyTexture(gl)
  gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA8, COLOUR_ROW, rows, 0, gl.RGBA, gl.UNSIGNED_BYTE, padded)
  return texture
}

function emptyTexture(gl: WebGL2RenderingContext): WebGLTexture {
  const texture = gl.createTexture()
  gl.bindTexture(gl.TEXTURE_2D, texture)
  for (const [name, value] of [
    [gl.TEXTURE_MIN_FILTER, gl.NEAREST],
    [gl.TEXTURE_MAG_FILTER, gl.NEAREST],
    [gl.TEXTURE_WRAP_S, gl.CLAMP_TO_EDGE],
    [gl.TEXTURE_WRAP_T, gl.CLAMP_TO_EDGE],
  ] as const) {
    gl.texParameteri(gl.TEXTURE_2D, name, value)
  }
  return texture
}

function layoutOf(
  gl: WebGL2RenderingContext,
  data: Samples['data'],
): readonly [internal: number, format: number, type: number] {
  if (data instanceof Uint8Array) return [gl.R8UI, gl.RED_INTEGER, gl.UNSIGNED_BYTE]
  if (data instanceof Uint16Array) return [gl.R16UI, gl.RED_INTEGER, gl.UNSIGNED_SHORT]
  if (data instanceof Uint32Array) return [gl.R32UI, gl.RED_INTEGER, gl.UNSIGNED_INT]
  return [gl.R32F, gl.RED, gl.FLOAT]
}
