/** Where a command stands in the menu. */
export type CommandGroup = 'File' | 'View' | 'Plate' | 'Field' | 'Review' | 'Help'

export interface Command {
  readonly id: string
  readonly title: string
  readonly group: CommandGroup
  /**
   * A key as KeyboardEvent.key writes it, with `Mod+` for Ctrl (Cmd on macOS) and `Shift+` before it;
   * null where the command has none. Single letters work only outside text fields.
   */
  readonly key: string | null
}

/** Every command there is. Menu, palette, keys, buttons and the help page all read this list. */
export const COMMANDS = [
  { id: 'folder.watch', title: 'Watch a folder…', group: 'File', key: 'Mod+O' },
  { id: 'folder.simulate', title: 'Watch a simulated plate', group: 'File', key: null },
  { id: 'model.add', title: 'Add a model…', group: 'File', key: null },
  { id: 'settings.open', title: 'Settings', group: 'File', key: 'Mod+,' },
  { id: 'palette.open', title: 'Find a command…', group: 'View', key: 'Mod+K' },
  { id: 'plates.show', title: 'Plates and folders', group: 'View', key: '1' },
  { id: 'plate.show', title: 'Plate', group: 'View', key: '2' },
  { id: 'field.show', title: 'Field', group: 'View', key: '3' },
  { id: 'quality.show', title: 'Quality', group: 'View', key: '4' },
  { id: 'review.show', title: 'Review', group: 'View', key: '5' },
  { id: 'models.show', title: 'Models', group: 'View', key: '6' },
  { id: 'theme.switch', title: 'Switch between dark and light', group: 'View', key: 'Mod+Shift+L' },
  { id: 'plate.thumbnails', title: 'Show thumbnails or numbers', group: 'Plate', key: 'T' },
  { id: 'plate.table', title: 'Show the plate as a table', group: 'Plate', key: 'L' },
  { id: 'plate.exportPng', title: 'Save the plate as a picture', group: 'Plate', key: null },
  { id: 'plate.exportCsv', title: 'Save the plate as a table', group: 'Plate', key: null },
  { id: 'plate.layout', title: 'Load a platemap…', group: 'Plate', key: null },
  { id: 'plate.layoutRemove', title: 'Take the platemap away', group: 'Plate', key: null },
  { id: 'field.next', title: 'Next field', group: 'Field', key: ']' },
  { id: 'field.previous', title: 'Previous field', group: 'Field', key: '[' },
  { id: 'field.fit', title: 'Fit to the window', group: 'Field', key: '0' },
  { id: 'field.zoomIn', title: 'Zoom in', group: 'Field', key: '+' },
  { id: 'field.zoomOut', title: 'Zoom out', group: 'Field', key: '-' },
  { id: 'field.outlines', title: 'Show outlines', group: 'Field', key: 'O' },
  { id: 'field.why', title: 'Why was this flagged?', group: 'Field', key: 'W' },
  { id: 'field.compare', title: 'Compare with a good field', group: 'Field', key: 'C' },
  { id: 'review.accept', title: 'Accept', group: 'Review', key: 'A' },
  { id: 'review.reject', title: 'Reject', group: 'Review', key: 'R' },
  { id: 'review.reimage', title: 'Image again', group: 'Review', key: 'I' },
  { id: 'review.unsure', title: 'Not sure', group: 'Review', key: 'U' },
  { id: 'review.note', title: 'Write a note', group: 'Review', key: 'N' },
  { id: 'review.next', title: 'Next image', group: 'Review', key: 'J' },
  { id: 'review.previous', title: 'Previous image', group: 'Review', key: 'K' },
  { id: 'review.undo', title: 'Undo the last decision', group: 'Review', key: 'Mod+Z' },
  { id: 'review.grid', title: 'Show one or many', group: 'Review', key: 'G' },
  { id: 'review.reacquire', title: 'What to image again', group: 'Review', key: null },
  { id: 'help.keys', title: 'Keyboard', group: 'Help', key: '?' },
] as const satisfies readonly Command[]

export type CommandId = (typeof COMMANDS)[number]['id']

export const COMMAND_IDS = COMMANDS.map(({ id }) => id) as [CommandId, ...CommandId[]]
