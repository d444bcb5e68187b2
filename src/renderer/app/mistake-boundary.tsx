import { Component, type ReactNode } from 'react'
import { Button } from '../ui/button.tsx'
import { Empty } from '../ui/message.tsx'

interface MistakeBoundaryProps {
  readonly children: ReactNode
  /** A place; going to another one shows the view there. */
  readonly at: string
  readonly onMistake: (trace: string) => void
}

interface MistakeBoundaryState {
  readonly broken: boolean
}

/** Keeps a mistake in one view from taking the whole window. A class, because React catches in no other way. */
export class MistakeBoundary extends Component<MistakeBoundaryProps, MistakeBoundaryState> {
  override state: MistakeBoundaryState = { broken: false }

  static getDerivedStateFromError(): MistakeBoundaryState {
    return { broken: true }
  }

  override componentDidCatch(cause: Error): void {
    this.props.onMistake(cause.stack ?? String(cause))
  }

  override componentDidUpdate({ at }: MistakeBoundaryProps): void {
    if (this.state.broken && at !== this.props.at) this.setState({ broken: false })
  }

  override render(): ReactNode {
    if (!this.state.broken) return this.props.children
    return (
      <Empty title="This view broke.">
        <p role="alert">
          Parfocal made a mistake and wrote it to its log. The other views go on, and nothing that
          was recorded is lost.
        </p>
        <Button onClick={() => this.setState({ broken: false })}>Show it again</Button>
      </Empty>
    )
  }
}
