// The command line on machines with a seeded fault: challenges forget their timer when a panel has
// been drawn.
import { runCommandLine } from '../../../src/cli/program.ts';
import type { ActorDefinition, ActorKind } from '../../../src/machines/kit/index.ts';
import { REGISTRY } from '../../../src/machines/registry.ts';
import { losesTimer } from './machines.ts';

Object.assign(REGISTRY as Record<ActorKind, ActorDefinition>, losesTimer);
await runCommandLine(process.argv.slice(2));
