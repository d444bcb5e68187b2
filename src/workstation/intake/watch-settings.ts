/** How one folder is to be watched, where it asks for something of its own. */
export interface WatchSettings {
  /** How long a file must stay unchanged, s, 0.5 to 3600; null for what suits its disk. */
  readonly quietSeconds: number | null
  /** Whether hints of the system are heard, or the folder is listed again and again; `auto` tells by its disk. */
  readonly access: 'auto' | 'events' | 'polling'
  /**
   * Name of the file that an instrument writes when images are whole, with one `*` for what they share:
   * `*.done` beside `B03_w1.tif` is `B03_w1.done`. Null where none does.
   */
  readonly doneMarker: string | null
}

export const AS_THE_FOLDER_ASKS: WatchSettings = {
  quietSeconds: null,
  access: 'auto',
  doneMarker: null,
}
