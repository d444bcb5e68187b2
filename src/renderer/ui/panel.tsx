import { useId, type ReactNode } from 'react'
import css from './panel.module.css'

interface PanelProps {
  readonly title: string
  readonly children: ReactNode
  /** Beside the title. */
  readonly actions?: ReactNode
}

/** A titled part of a view. */
export function Panel({ title, children, actions }: PanelProps) {
  const heading = useId()
  return (
    <section className={css['panel']} aria-labelledby={heading}>
      <header className={css['head']}>
        <h2 id={heading} className={css['title']}>
          {title}
        </h2>
        {actions}
      </header>
      {children}
    </section>
  )
}
