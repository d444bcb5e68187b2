import { createByteCache } from './byte-cache.ts'
import type { Camera, Size } from './camera.ts'
import type { ChannelQuads, Quad } from './frame.ts'
import type { Limits } from './contrast.ts'
import { LABEL_FRAGMENT, QUAD_VERTEX, channelFragment, mapFragment } from './image-shaders.ts'
import { linkProgram, type Program } from './shader-program.ts'
import { createImageTexture, createColourTexture, type ImageTexture } from './image-texture.ts'
import type { Samples } from '../../lib/pixels.ts'

/** How objects are drawn. */
export interface LabelStyle {
  readonly outlined: boolean
  /** Four bytes an object, from object 1 on; null leaves objects unfilled. Another array is another colouring. */
  readonly colours: Uint8Array | null
  /** 0 for none. */
  readonly pointed: number
  readonly selected: number
}

export interface MapStyle {
  readonly quad: Quad
  readonly limits: Limits
  /** 256 colours from low to high: red, green, blue, opacity. */
  readonly colours: Uint8Array
  readonly zeroIsNothing: boolean
  readonly bytesPerPixel: number
  /** 0 clear to 1 covering. */
  readonly opacity: number
}

/** A picture in its part of the canvas, in CSS pixels from the canvas's upper left corner. */
export interface DrawnPane {
  readonly x: number
  readonly y: number
  readonly size: Size
  readonly camera: Camera
  readonly channels: readonly ChannelQuads[]
  readonly labels: readonly Quad[]
  readonly labelStyle: LabelStyle
  readonly map: MapStyle | null
}

export interface ImageLayer {
  has(key: string): boolean
  put(key: string, samples: Samples): void
  draw(panes: readonly DrawnPane[], pixelRatio: number): void
  /** Bytes held, and what they are at most. */
  readonly bytes: number
  dispose(): void
}

/** Bytes of pictures that are held, those fetched ahead among them. */
export const LAYER_BYTES = 448 * 2 ** 20

const LINE = 1.5
/** A colour that is none of the channels' defaults. */
const LINE_COLOUR = [1, 0.93, 0.35] as const

/** Draws with the graphics card; null where the browser has no WebGL2. */
export function createImageLayer(canvas: HTMLCanvasElement): ImageLayer | null {
  const gl = canvas.getContext('webgl2', { antialias: false, alpha: false, depth: false })
  if (gl === null) return null
  const programs = {
    whole: linkProgram(gl, QUAD_VERTEX, channelFragment('usampler2D')),
    float: linkProgram(gl, QUAD_VERTEX, channelFragment('sampler2D')),
    labels: linkProgram(gl, QUAD_VERTEX, LABEL_FRAGMENT),
    wholeMap: linkProgram(gl, QUAD_VERTEX, mapFragment('usampler2D')),
    floatMap: linkProgram(gl, QUAD_VERTEX, mapFragment('sampler2D')),
  }
  const textures = createByteCache<ImageTexture>(LAYER_BYTES, ({ texture }) =>
    gl.deleteTexture(texture),
  )
  const colourings = createByteCache<WebGLTexture>(2 ** 24, texture => gl.deleteTexture(texture))
  const namesOfColours = new WeakMap<Uint8Array, string>()
  let colouringCount = 0
  // WebGL draws nothing without one, empty as it is.
  const vertices = gl.createVertexArray()
  gl.bindVertexArray(vertices)
  gl.pixelStorei(gl.UNPACK_ALIGNMENT, 1)

  function bindColours(colours: Uint8Array): void {
    let name = namesOfColours.get(colours)
    if (name === undefined) {
      name = String((colouringCount += 1))
      namesOfColours.set(colours, name)
    }
    gl!.activeTexture(gl!.TEXTURE1)
    let texture = colourings.get(name)
    if (texture === undefined) {
      texture = createColourTexture(gl!, colours)
      colourings.put(name, texture, colours.byteLength)
    }
    gl!.bindTexture(gl!.TEXTURE_2D, texture)
  }

  /** Binds a quad's texture and lays it out; false where the texture has left meanwhile. */
  function place(program: Program, pane: DrawnPane, quad: Quad, pixelRatio: number): boolean {
    const texture = textures.get(quad.key)
    if (texture === undefined) return false
    const { camera, size } = pane
    const zoom = camera.zoom
    const left = (quad.x - camera.x) * zoom
    const top = (quad.y - camera.y) * zoom
    gl!.activeTexture(gl!.TEXTURE0)
    gl!.bindTexture(gl!.TEXTURE_2D, texture.texture)
    gl!.uniform1i(program.at('u_image'), 0)
    gl!.uniform4f(
      program.at('u_clip'),
      (left * 2) / size.width,
      (-top * 2) / size.height,
      (quad.width * zoom * 2) / size.width,
      (-quad.height * zoom * 2) / size.height,
    )
    gl!.uniform4f(
      program.at('u_source'),
      (quad.x - quad.originX) / quad.scaleX,
      (quad.y - quad.originY) / quad.scaleY,
      quad.width / quad.scaleX,
      quad.height / quad.scaleY,
    )
    gl!.uniform1f(program.at('u_footprint'), 1 / (zoom * pixelRatio * quad.scaleX))
    return true
  }

  function strike(): void {
    gl!.drawArrays(gl!.TRIANGLE_STRIP, 0, 4)
  }

  function drawChannels(pane: DrawnPane, pixelRatio: number): void {
    gl!.blendFunc(gl!.ONE, gl!.ONE)
    for (const { channel, quads } of pane.channels) {
      const program = channel.bytesPerPixel === 4 ? programs.float : programs.whole
      program.use()
      gl!.uniform2f(program.at('u_limits'), channel.limits.low, channel.limits.high)
      gl!.uniform1f(program.at('u_gamma'), channel.gamma)
      gl!.uniform3f(program.at('u_colour'), ...channel.colour)
      for (const quad of quads) if (place(program, pane, quad, pixelRatio)) strike()
    }
  }

  function drawMap(pane: DrawnPane, pixelRatio: number): void {
    if (pane.map === null) return
    const { quad, limits, colours, zeroIsNothing, bytesPerPixel, opacity } = pane.map
    const program = bytesPerPixel === 4 ? programs.floatMap : programs.wholeMap
    gl!.blendFunc(gl!.SRC_ALPHA, gl!.ONE_MINUS_SRC_ALPHA)
    program.use()
    bindColours(colours)
    gl!.uniform1i(program.at('u_colours'), 1)
    gl!.uniform2f(program.at('u_limits'), limits.low, limits.high)
    gl!.uniform1i(program.at('u_zeroIsNothing'), zeroIsNothing ? 1 : 0)
    gl!.uniform1f(program.at('u_pixelRatio'), pixelRatio)
    gl!.uniform1f(program.at('u_opacity'), opacity)
    if (place(program, pane, quad, pixelRatio)) strike()
  }

  function drawLabels(pane: DrawnPane, pixelRatio: number): void {
    const { outlined, colours, pointed, selected } = pane.labelStyle
    if (pane.labels.length === 0) return
    const program = programs.labels
    gl!.blendFunc(gl!.SRC_ALPHA, gl!.ONE_MINUS_SRC_ALPHA)
    program.use()
    bindColours(colours ?? NO_COLOURS)
    gl!.uniform1i(program.at('u_colours'), 1)
    gl!.uniform1i(program.at('u_filled'), colours === null ? 0 : 1)
    gl!.uniform1f(program.at('u_line'), outlined ? LINE * Math.min(pixelRatio, 2) : 0)
    gl!.uniform3f(program.at('u_lineColour'), ...LINE_COLOUR)
    gl!.uniform1ui(program.at('u_pointed'), pointed)
    gl!.uniform1ui(program.at('u_selected'), selected)
    for (const quad of pane.labels) if (place(program, pane, quad, pixelRatio)) strike()
  }

  return {
    has: key => textures.has(key),
    put(key, samples) {
      gl.activeTexture(gl.TEXTURE0)
      textures.put(key, createImageTexture(gl, samples), samples.data.byteLength)
    },
    get bytes() {
      return textures.bytes
    },
    draw(panes, pixelRatio) {
      gl.disable(gl.SCISSOR_TEST)
      gl.clearColor(0, 0, 0, 1)
      gl.clear(gl.COLOR_BUFFER_BIT)
      gl.enable(gl.SCISSOR_TEST)
      gl.enable(gl.BLEND)
      for (const pane of panes) {
        const width = Math.round(pane.size.width * pixelRatio)
        const height = Math.round(pane.size.height * pixelRatio)
        const x = Math.round(pane.x * pixelRatio)
        const y = canvas.height - Math.round(pane.y * pixelRatio) - height
        gl.viewport(x, y, width, height)
        gl.scissor(x, y, width, height)
        drawChannels(pane, pixelRatio)
        drawMap(pane, pixelRatio)
        drawLabels(pane, pixelRatio)
      }
    },
    dispose() {
      textures.clear()
      colourings.clear()
      for (const program of Object.values(programs)) program.dispose()
      gl.deleteVertexArray(vertices)
    },
  }
}

const NO_COLOURS = new Uint8Array(4)
