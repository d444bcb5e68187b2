export interface Program {
  use(): void
  /** Where a uniform is; null for one that the compiler found unused. */
  at(name: string): WebGLUniformLocation | null
  dispose(): void
}

/** Compiles and links. Shaders are ours: one that does not compile is our mistake, unless the context was lost. */
export function linkProgram(gl: WebGL2RenderingContext, vertex: string, fragment: string): Program {
  const program = gl.createProgram()
  for (const [type, text] of [
    [gl.VERTEX_SHADER, vertex],
    [gl.FRAGMENT_SHADER, fragment],
  ] as const) {
    const shader = gl.createShader(type)!
    gl.shaderSource(shader, text)
    gl.compileShader(shader)
    gl.attachShader(program, shader)
    if (gl.getShaderParameter(shader, gl.COMPILE_STATUS) === false && !gl.isContextLost()) {
      throw new Error(`A shader does not compile: ${gl.getShaderInfoLog(shader)}`)
    }
    gl.deleteShader(shader)
  }
  gl.linkProgram(program)
  const places = new Map<string, WebGLUniformLocation | null>()
  return {
    use: () => gl.useProgram(program),
    at(name) {
      const known = places.get(name)
      if (known !== undefined) return known
      const place = gl.getUniformLocation(program, name)
      places.set(name, place)
      return place
    },
    dispose: () => gl.deleteProgram(program),
  }
}
