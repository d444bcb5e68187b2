import { enableCompileCache } from 'node:module'
import { createNetworkBench } from '../inference/network-bench.ts'
import { makeView } from '../pixels/make-view.ts'
import { sweepCache } from '../pixels/view-cache.ts'
import type { Job } from './job.ts'
import { analyseField } from './analyse-field.ts'
import { aggregateFields } from './aggregate-fields.ts'
import { listObjects } from './list-objects.ts'
import { startWatchdog } from './watchdog.ts'

// The entry of a worker process: one job in, one reply out, until the parent goes away.
enableCompileCache()
startWatchdog(Number(process.argv[2]))

const networks = createNetworkBench()

process.on('message', (job: Job) => {
  void work(job).then(reply => process.send!(reply))
})
process.on('disconnect', () => process.exit())
process.send!({ kind: 'ready' })

function work(job: Job): Promise<unknown> {
  switch (job.kind) {
    case 'field':
      return analyseField(job, networks)
    case 'aggregation':
      return aggregateFields(job)
    case 'objects':
      return listObjects(job)
    case 'view':
      return makeView(job)
    case 'sweep':
      return Promise.resolve({ kind: 'sweep', bytes: sweepCache(job.store, job.limit) })
  }
}
