/** What plates are called in lines: by their names, and with their folders where several have one name. */
export interface PlateNames {
  /** @param identity what tells the plate from others of its name */
  note(plate: string, identity: string): void
  nameOf(plate: string, folder: string): string
}

export function createPlateNames(): PlateNames {
  const identities = new Map<string, Set<string>>()
  return {
    note(plate, identity) {
      const known = identities.get(plate) ?? new Set()
      identities.set(plate, known.add(identity))
    },

    nameOf(plate, folder) {
      return (identities.get(plate)?.size ?? 0) > 1 ? `${plate} (${folder})` : plate
    },
  }
}
