import type { About } from '#contract/about.ts'

/** The versions as one line: Parfocal's own, then what it runs on. */
export function aboutText({ version, node, electron, chrome }: About): string {
  const runtimes = [
    ...(electron === null ? [] : [`Electron ${electron}`]),
    ...(chrome === null ? [] : [`Chrome ${chrome}`]),
    `Node ${node}`,
  ]
  return `Parfocal ${version} on ${runtimes.join(', ')}`
}
