/**
 * Which input or output of the ONNX file belongs to which tensor of the description: by name where all names are
 * equal, else by place, as bioimageio.core does.
 *
 * @returns the ONNX name of each id, or null where there are fewer or more of them than described
 */
export function matchPorts(
  ids: readonly string[],
  names: readonly string[],
): ReadonlyMap<string, string> | null {
  if (ids.length !== names.length) return null
  const named = ids.every(id => names.includes(id))
  return new Map(ids.map((id, i) => [id, named ? id : names[i]!]))
}
