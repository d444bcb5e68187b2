/** Lays a quad over a part of the pane; both rectangles come in from the script, in double precision. */
export const QUAD_VERTEX = `#version 300 es
uniform vec4 u_clip;   // left, top, width, height in clip coordinates
uniform vec4 u_source; // the same in texels
out vec2 v_texel;
void main() {
  vec2 unit = vec2(gl_VertexID & 1, gl_VertexID >> 1);
  v_texel = u_source.xy + unit * u_source.zw;
  gl_Position = vec4(u_clip.xy + unit * u_clip.zw, 0.0, 1.0);
}`

/**
 * One channel between its limits, to be added to the others. Where several texels share a screen pixel four of them
 * are averaged, because integer textures have no filtering of their own.
 */
export function channelFragment(sampler: 'usampler2D' | 'sampler2D'): string {
  return `#version 300 es
precision highp float;
precision highp ${sampler};
uniform ${sampler} u_image;
uniform vec2 u_limits;
uniform float u_gamma;
uniform vec3 u_colour;
uniform float u_footprint; // texels across a screen pixel
in vec2 v_texel;
out vec4 colour;
float valueAt(vec2 place) {
  ivec2 most = textureSize(u_image, 0) - 1;
  float value = float(texelFetch(u_image, clamp(ivec2(floor(place)), ivec2(0), most), 0).r);
  return isnan(value) ? u_limits.x : value;
}
void main() {
  float value;
  if (u_footprint <= 1.0) {
    value = valueAt(v_texel);
  } else {
    float q = 0.25 * u_footprint;
    value = 0.25 * (valueAt(v_texel + vec2(-q, -q)) + valueAt(v_texel + vec2(q, -q))
      + valueAt(v_texel + vec2(-q, q)) + valueAt(v_texel + vec2(q, q)));
  }
  float share = clamp((value - u_limits.x) / (u_limits.y - u_limits.x), 0.0, 1.0);
  colour = vec4(u_colour * pow(share, u_gamma), 1.0);
}`
}

/** Objects: filled by a table of colours, outlined by a line that is as wide on screen at any zoom. */
export const LABEL_FRAGMENT = `#version 300 es
precision highp float;
precision highp int;
precision highp usampler2D;
uniform usampler2D u_image;
uniform sampler2D u_colours;
uniform float u_footprint;
uniform float u_line;      // screen pixels; 0 draws no outlines
uniform bool u_filled;
uniform vec3 u_lineColour;
uniform uint u_pointed;
uniform uint u_selected;
in vec2 v_texel;
out vec4 colour;
uint labelAt(vec2 place) {
  ivec2 most = textureSize(u_image, 0) - 1;
  return texelFetch(u_image, clamp(ivec2(floor(place)), ivec2(0), most), 0).r;
}
bool onEdge(uint label, float reach) {
  float far = reach * u_footprint;
  float across = far * 0.7071;
  return labelAt(v_texel + vec2(far, 0.0)) != label || labelAt(v_texel - vec2(far, 0.0)) != label
    || labelAt(v_texel + vec2(0.0, far)) != label || labelAt(v_texel - vec2(0.0, far)) != label
    || labelAt(v_texel + vec2(across)) != label || labelAt(v_texel - vec2(across)) != label
    || labelAt(v_texel + vec2(across, -across)) != label
    || labelAt(v_texel + vec2(-across, across)) != label;
}
void main() {
  uint label = labelAt(v_texel);
  if (label == 0u) discard;
  bool chosen = label == u_selected;
  bool pointed = label == u_pointed;
  if ((chosen || pointed) && onEdge(label, chosen ? 3.0 : 2.0)) {
    colour = vec4(1.0, 1.0, 1.0, 1.0);
    return;
  }
  if (u_line > 0.0 && onEdge(label, u_line)) {
    colour = vec4(u_lineColour, 1.0);
    return;
  }
  if (!u_filled) discard;
  int index = int(label) - 1;
  ivec2 size = textureSize(u_colours, 0);
  if (index >= size.x * size.y) discard;
  colour = texelFetch(u_colours, ivec2(index % size.x, index / size.x), 0);
  if (colour.a == 0.0) discard;
}`

/** A coarse map over the image. What cannot be told is hatched; nothing is left clear. */
export function mapFragment(sampler: 'usampler2D' | 'sampler2D'): string {
  return `#version 300 es
precision highp float;
precision highp ${sampler};
uniform ${sampler} u_image;
uniform sampler2D u_colours;
uniform vec2 u_limits;
uniform bool u_zeroIsNothing;
uniform float u_pixelRatio;
uniform float u_opacity;
in vec2 v_texel;
out vec4 colour;
void main() {
  ivec2 most = textureSize(u_image, 0) - 1;
  float value = float(texelFetch(u_image, clamp(ivec2(floor(v_texel)), ivec2(0), most), 0).r);
  if (isnan(value)) {
    float stripe = mod((gl_FragCoord.x + gl_FragCoord.y) / u_pixelRatio, 12.0);
    if (stripe > 1.5) discard;
    colour = vec4(0.7, 0.7, 0.7, u_opacity);
    return;
  }
  if (u_zeroIsNothing && value == 0.0) discard;
  float share = clamp((value - u_limits.x) / (u_limits.y - u_limits.x), 0.0, 1.0);
  colour = vec4(texelFetch(u_colours, ivec2(int(share * 255.0 + 0.5), 0), 0).rgb, u_opacity);
}`
}
