export interface Heap<T> {
  push(item: T): void
  /** The item before all others, taken out; undefined when none is left. */
  pop(): T | undefined
}

/** A binary heap: items come out in the order that `before` gives, whatever order they went in. */
export function createHeap<T>(before: (a: T, b: T) => boolean): Heap<T> {
  const items: T[] = []
  return {
    push(item) {
      let place = items.push(item) - 1
      while (place > 0) {
        const parent = (place - 1) >> 1
        if (!before(item, items[parent]!)) break
        items[place] = items[parent]!
        place = parent
      }
      items[place] = item
    },
    pop() {
      const first = items[0]
      const last = items.pop()
      if (items.length === 0 || last === undefined) return first
      let place = 0
      for (;;) {
        let child = 2 * place + 1
        if (child >= items.length) break
        if (child + 1 < items.length && before(items[child + 1]!, items[child]!)) child += 1
        if (!before(items[child]!, last)) break
        items[place] = items[child]!
        place = child
      }
      items[place] = last
      return first
    },
  }
}
