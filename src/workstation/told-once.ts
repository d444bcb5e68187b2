/** Says of each thing whether it is told for the first time; of many, the last are remembered. */
export function createToldOnce(most: number): (what: unknown) => boolean {
  const told = new Set<string>()
  return what => {
    const text = JSON.stringify(what)
    const isNew = !told.delete(text)
    told.add(text)
    if (told.size > most) told.delete(told.keys().next().value!)
    return isNew
  }
}
