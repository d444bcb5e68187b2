/** Who may import whom. The table is DESIGN in one page: core ← contract ← workstation ← hosts. */
const border = (name, from, to, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from },
  to: { path: to },
})

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    border(
      'core-stands-alone',
      '^src/core',
      '^src/(?!core)',
      'core imports nothing of ours but core',
    ),
    border('core-without-node', '^src/core', '^(node:|fs$|path$|crypto$)', 'core has no Node'),
    {
      name: 'core-dependencies',
      comment: 'core may use zod and @noble/hashes, nothing else',
      severity: 'error',
      from: { path: '^src/core' },
      to: { path: '^node_modules/(?!zod|@noble/hashes)' },
    },
    border(
      'contract-knows-core',
      '^src/contract',
      '^src/(?!core|contract)',
      'contract ← core only',
    ),
    border(
      'workstation-knows-no-host',
      '^src/workstation',
      '^src/(main|web|cli|preload|renderer)',
      '',
    ),
    border(
      'renderer-meets-contract-only',
      '^src/renderer',
      '^src/(workstation|main|web|cli|preload)',
      '',
    ),
    border('main-alone', '^src/main', '^src/(web|cli|renderer)', ''),
    border('web-alone', '^src/web', '^src/(main|cli|renderer)', ''),
    border('cli-alone', '^src/cli', '^src/(main|renderer)', ''),
    {
      name: 'runtime-in-children-only',
      comment: 'a run blocks its thread to the end and may take its process with it',
      severity: 'error',
      from: {
        path: '^src',
        pathNot:
          '^src/workstation/(analysis/worker|inference/(probe-child|test-child|session|runtime|network-bench))\\.ts$',
      },
      to: {
        path: '(^src/workstation/inference/runtime\\.ts$|node_modules/onnxruntime-node)',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'hosts-run-no-network',
      comment: 'sessions are opened by child processes, which hosts start by address',
      severity: 'error',
      from: { path: '^src/(main|web|cli)/|^src/workstation/workstation\\.ts$' },
      to: { path: '^src/workstation/inference/session\\.ts$', reachable: true },
    },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-dev-dependencies',
      comment: 'the product runs on dependencies alone',
      severity: 'error',
      from: { path: '^src', pathNot: '^src/(main|preload|renderer)' },
      to: { dependencyTypes: ['npm-dev'] },
    },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'types', 'default'],
    },
  },
}
