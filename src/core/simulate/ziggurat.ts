/** Layers of equal area under the right half of the bell. */
const LAYERS = 128
/** Where the tail begins, and the area of a layer (Marsaglia and Tsang 2000, table for 128 layers). */
const TAIL = 3.442619855899
const LAYER_AREA = 9.91256303526217e-3

const { edges, heights } = stackLayers()

/**
 * Normal numbers from uniform ones by the ziggurat (Marsaglia and Tsang 2000, J. Stat. Softw. 5:8).
 *
 * Layer, sign and place are taken from different bits of one draw; the original took the layer from bits
 * of the place (Doornik 2005, "An improved ziggurat method to generate normal random samples").
 */
export function zigguratFrom(bits: () => number, uniform: () => number): () => number {
  return () => {
    for (;;) {
      const draw = bits()
      const layer = draw & (LAYERS - 1)
      const sign = (draw & LAYERS) === 0 ? 1 : -1
      const x = ((draw >>> 8) / 2 ** 24) * edges[layer]!
      if (x < edges[layer + 1]!) return sign * x
      if (layer === 0) return sign * drawTail(uniform)
      const between = heights[layer]! + uniform() * (heights[layer + 1]! - heights[layer]!)
      if (between < Math.exp(-0.5 * x * x)) return sign * x
    }
  }
}

/** Beyond the last layer (Marsaglia 1964). */
function drawTail(uniform: () => number): number {
  let beyond: number
  let drop: number
  do {
    beyond = -Math.log(1 - uniform()) / TAIL
    drop = -Math.log(1 - uniform())
  } while (2 * drop < beyond * beyond)
  return TAIL + beyond
}

/** Right edge and height of the bell at each layer's edge, from the lowest layer, which holds the tail, to the top. */
function stackLayers(): { edges: Float64Array; heights: Float64Array } {
  const edges = new Float64Array(LAYERS + 1)
  const heights = new Float64Array(LAYERS + 1)
  edges[0] = LAYER_AREA / Math.exp(-0.5 * TAIL * TAIL)
  edges[1] = TAIL
  for (let i = 1; i < LAYERS; i += 1) {
    heights[i] = Math.exp(-0.5 * edges[i]! * edges[i]!)
    const next = heights[i]! + LAYER_AREA / edges[i]!
    edges[i + 1] = i + 1 === LAYERS ? 0 : Math.sqrt(-2 * Math.log(next))
  }
  heights[LAYERS] = 1
  return { edges, heights }
}
