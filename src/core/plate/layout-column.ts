/** What a platemap says about a well. */
export interface LayoutLabels {
  readonly well: string
  /** `positive`, `negative`, `sample`, …; empty where the map says nothing. */
  readonly control: string
  readonly labels: Readonly<Record<string, string>>
}

/** One column of a platemap: numbers where all of it are, else categories. */
export type LayoutColumn =
  | { readonly kind: 'numbers'; readonly values: ReadonlyMap<string, number> }
  | {
      readonly kind: 'categories'
      /** In the order of the alphabet, numbers by their size. */
      readonly names: readonly string[]
      readonly places: ReadonlyMap<string, number>
    }

/** The heading under which the map's controls can be chosen like any other column. */
export const CONTROL_COLUMN = 'control'

export function layoutColumns(layout: readonly LayoutLabels[]): string[] {
  const names = new Set(layout.flatMap(({ labels }) => Object.keys(labels)))
  const hasControls = layout.some(({ control }) => control !== '')
  return [...(hasControls ? [CONTROL_COLUMN] : []), ...names].filter(
    (name, i, all) => all.indexOf(name) === i,
  )
}

export function layoutColumn(layout: readonly LayoutLabels[], name: string): LayoutColumn {
  const texts = layout.flatMap(well => {
    const text = labelOf(well, name)
    return text === '' ? [] : [{ well: well.well, text }]
  })
  const numeric = texts.length > 0 && texts.every(({ text }) => isNumber(text))
  if (numeric) {
    return {
      kind: 'numbers',
      values: new Map(texts.map(({ well, text }) => [well, Number(text)])),
    }
  }
  const order = new Intl.Collator('en', { numeric: true })
  const names = [...new Set(texts.map(({ text }) => text))].sort(order.compare)
  const place = new Map(names.map((text, i) => [text, i]))
  return {
    kind: 'categories',
    names,
    places: new Map(texts.map(({ well, text }) => [well, place.get(text)!])),
  }
}

export function labelOf(well: LayoutLabels, name: string): string {
  return (well.labels[name] ?? (name === CONTROL_COLUMN ? well.control : '')).trim()
}

/** One letter that marks what a control is for; empty for samples and wells about which the map says nothing. */
export function controlLetter(control: string): string {
  const word = control.trim().toLowerCase()
  return word === '' || word === 'sample' || word === 'treatment' ? '' : word[0]!.toUpperCase()
}

function isNumber(text: string): boolean {
  return /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(text)
}
