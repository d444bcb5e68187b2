/** What the page did with the graphics card since it was loaded. */
export interface GraphicsWatch {
  /** Milliseconds that uploads of textures held the page's thread, and how many there were. */
  uploadMs: number
  uploads: number
  /** Bytes of all textures that are alive. */
  textureBytes: number
  /** When something was last drawn, as performance.now() has it. */
  drawnAt: number
  /** Waits until everything was really drawn; the milliseconds that took. */
  finish(): number
}

declare global {
  interface Window {
    graphics: GraphicsWatch
  }
}

/** Runs in the page before its own scripts: counts what WebGL is asked for, from the outside. */
export function watchGraphics(): void {
  const gl = WebGL2RenderingContext.prototype
  const bound = new WeakMap<WebGL2RenderingContext, WebGLTexture | null>()
  const bytes = new WeakMap<WebGLTexture, number>()
  let last: WebGL2RenderingContext | null = null
  const watch: GraphicsWatch = {
    uploadMs: 0,
    uploads: 0,
    textureBytes: 0,
    drawnAt: 0,
    finish() {
      const start = performance.now()
      last?.readPixels(0, 0, 1, 1, last.RGBA, last.UNSIGNED_BYTE, new Uint8Array(4))
      return performance.now() - start
    },
  }
  window.graphics = watch

  const { bindTexture, deleteTexture, drawArrays } = gl
  gl.bindTexture = function (target, texture) {
    bound.set(this, texture)
    bindTexture.call(this, target, texture)
  }
  gl.deleteTexture = function (texture) {
    if (texture !== null) watch.textureBytes -= bytes.get(texture) ?? 0
    deleteTexture.call(this, texture)
  }
  gl.drawArrays = function (mode, first, count) {
    last = this
    watch.drawnAt = performance.now()
    drawArrays.call(this, mode, first, count)
  }
  for (const name of ['texImage2D', 'texSubImage2D'] as const) {
    const upload = gl[name] as (...args: unknown[]) => void
    const watched = function (this: WebGL2RenderingContext, ...args: unknown[]): void {
      const start = performance.now()
      upload.apply(this, args)
      watch.uploadMs += performance.now() - start
      watch.uploads += 1
      const texture = bound.get(this)
      const data = args.at(-1)
      if (name === 'texImage2D' && texture && ArrayBuffer.isView(data)) {
        watch.textureBytes += data.byteLength - (bytes.get(texture) ?? 0)
        bytes.set(texture, data.byteLength)
      }
    }
    gl[name] = watched as never
  }
}
