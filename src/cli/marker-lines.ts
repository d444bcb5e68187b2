import type { RootNews } from '#workstation/watch-root.ts'

type Listed = Extract<RootNews, { readonly kind: 'listed' }>

/**
 * Says once that images wait for their done marker, and again only after none did. Most are marked a moment after they
 * came: what waits is what waited at the listing before, too.
 *
 * @returns a line; '' where there is nothing to say
 */
export function createMarkerLines(): (news: Listed) => string {
  interface Waiting {
    readonly paths: ReadonlySet<string>
    readonly told: boolean
  }
  const roots = new Map<string, Waiting>()
  return ({ root, unmarked }) => {
    const before = roots.get(root)
    const still = unmarked.find(path => before?.paths.has(path))
    const told = unmarked.length > 0 && (before?.told === true || still !== undefined)
    roots.set(root, { paths: new Set(unmarked), told })
    if (!told || before?.told === true || still === undefined) return ''
    const images = unmarked.length === 1 ? '1 image waits' : `${unmarked.length} images wait`
    return `unmarked     ${images} for a done marker, ${still} among them\n`
  }
}
