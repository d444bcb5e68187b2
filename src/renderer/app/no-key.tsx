import { Empty } from '../ui/message.tsx'

/** The page of a browser that was sent here without the address that the terminal shows. */
export function NoKey() {
  return (
    <main>
      <h1 className="heard">Parfocal</h1>
      <Empty title="This address needs its key.">
        <p>
          Open Parfocal by the address that its terminal shows. Each works once: press Enter in the
          terminal for a new one.
        </p>
      </Empty>
    </main>
  )
}
