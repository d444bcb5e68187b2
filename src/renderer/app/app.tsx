import { AboutLine, type AboutStore } from '../features/about/index.ts'
import { MistakeNotice, type MistakesStore } from '../features/mistakes/index.ts'
import css from './app.module.css'

interface AppProps {
  readonly about: AboutStore
  readonly mistakes: MistakesStore
}

export function App({ about, mistakes }: AppProps) {
  return (
    <div className={css['window']}>
      <header className={css['bar']}>
        <h1 className={css['name']}>Parfocal</h1>
      </header>
      <MistakeNotice store={mistakes} />
      <main className={css['empty']}>
        <h2 className={css['title']}>No folder is being watched.</h2>
        <p className={css['hint']}>
          Start with <code>parfocal run FOLDER</code> in a terminal.
        </p>
      </main>
      <footer className={css['bar']}>
        <AboutLine store={about} />
      </footer>
    </div>
  )
}
