import type { ReactNode } from 'react'
import css from './card-prose.module.css'
import { cardText, type TextBlock } from './card-text.ts'

/** A text of a package, as paragraphs and lists. */
export function CardProse({ text }: { readonly text: string }) {
  return (
    <div className={css['prose']}>
      {cardText(text).map((block, i) => (
        <Block key={i} block={block} />
      ))}
    </div>
  )
}

function Block({ block }: { readonly block: TextBlock }): ReactNode {
  switch (block.kind) {
    case 'heading':
      return <h3>{block.text}</h3>
    case 'paragraph':
      return <p>{block.text}</p>
    case 'list':
      return (
        <ul className={css['list']}>
          {block.items.map((item, i) => (
            <li key={i}>{item}</li>
          ))}
        </ul>
      )
    case 'verbatim':
      return (
        <pre className={css['verbatim']} tabIndex={0} role="group" aria-label="As written">
          {block.text}
        </pre>
      )
  }
}
