import type { Command } from '#contract/commands.ts'

/** Commands whose title or group has every word of a query, best first: those that begin with it before the others. */
export function matchCommands(commands: readonly Command[], query: string): readonly Command[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  const found = commands.filter(({ title, group }) => {
    const text = `${title} ${group}`.toLowerCase()
    return words.every(word => text.includes(word))
  })
  const first = words[0] ?? ''
  const begins = ({ title }: Command): boolean => title.toLowerCase().startsWith(first)
  return [...found.filter(begins), ...found.filter(command => !begins(command))]
}
