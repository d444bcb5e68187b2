import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { z } from 'zod'

/** How many nodes of a network ran on each provider, by the runtime's long names (`CUDAExecutionProvider`). */
export type NodePlacement = Readonly<Record<string, number>>

/** A profile of a network with thousands of nodes is a few megabytes. */
const LARGEST_PROFILE = 64 * 2 ** 20

const Events = z.array(
  z.object({
    cat: z.string().optional(),
    name: z.string().optional(),
    args: z.object({ provider: z.string().optional() }).optional(),
  }),
)

/**
 * Reads where the nodes ran from the profile that a session wrote, and deletes it.
 *
 * The runtime appends a time and `.json` to the prefix it was given. Empty where there is no readable profile.
 */
export function readPlacement(prefix: string): NodePlacement {
  const folder = dirname(prefix)
  const placement: Record<string, number> = {}
  for (const name of readdirSync(folder)) {
    if (!name.startsWith(basename(prefix)) || !name.endsWith('.json')) continue
    const path = join(folder, name)
    for (const [provider, nodes] of countNodes(path)) {
      placement[provider] = (placement[provider] ?? 0) + nodes
    }
    rmSync(path, { force: true })
  }
  return placement
}

/** Each node once, however often it ran. */
function countNodes(path: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  if (statSync(path).size > LARGEST_PROFILE) return counts
  const events = Events.safeParse(parsed(readFileSync(path, 'utf8')))
  const seen = new Set<string>()
  for (const { cat, name, args } of events.success ? events.data : []) {
    const provider = args?.provider
    if (cat !== 'Node' || name?.endsWith('_kernel_time') !== true || provider === undefined)
      continue
    if (seen.has(name)) continue
    seen.add(name)
    counts.set(provider, (counts.get(provider) ?? 0) + 1)
  }
  return counts
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    if (cause instanceof SyntaxError) return null
    throw cause
  }
}
