import { fromJson, toJson, type Json } from '../../codec/json/index.ts';
import { PARAMETERS } from '../../machines/kit/address.ts';
import { parameters as schema, parametersContext } from '../../machines/parameters/record.ts';
import { plan } from '../kit/draft.ts';
import { rowsOf } from '../kit/describe.ts';
import { readJson } from '../kit/files.ts';
import { argument } from '../kit/input.ts';
import type { Printable } from '../kit/output.ts';
import type { CommandSpec, GroupSpec } from '../kit/spec.ts';
import { orStop } from '../kit/stop.ts';
import { heading, sheet } from '../kit/table.ts';
import { transaction } from '../kit/transaction.ts';

const show: CommandSpec = {
  name: 'show',
  summary: 'the parameters in force, those proposed, and who may propose',
  examples: [
    ['aivm parameters show', 'all of them, amounts in LUX'],
    ['aivm parameters show --json', 'current is the form that parameters propose takes'],
  ],
  run: async (_, session) => {
    const node = await session.node();
    const answer = await node.ask('asking', node.client.parameters());
    const { current, authority, pending } = answer.parameters;
    const json = toJson(parametersContext, answer.parameters) as { readonly [name: string]: Json };
    const rows = rowsOf(schema.shape, toJson(schema, current), node.texts);
    session.out.answer({ height: answer.height, ...(json as Record<string, Printable>) }, () =>
      [
        sheet(rows),
        `authority: ${authority === undefined ? 'nobody' : node.texts.address(authority)}`,
        ...(pending === undefined
          ? []
          : [
              heading(`proposed, can be enacted at height ${pending.enactableAt}`),
              sheet(rowsOf(schema.shape, toJson(schema, pending.parameters), node.texts)),
            ]),
      ].join('\n'),
    );
  },
};

const propose = transaction({
  name: 'propose',
  summary: 'propose parameters; only the authority of the genesis may',
  arguments: [['<file>', 'all parameters as JSON, as show --json prints current']],
  examples: [['aivm parameters propose next.json --from authority', 'begins the notice period']],
  plan: ({ input }) => {
    const proposed = orStop(fromJson(schema, readJson(argument(input, 0)) as Json));
    return plan({ receiver: PARAMETERS, message: { type: 'propose', parameters: proposed } });
  },
});

const enact = transaction({
  name: 'enact',
  summary: 'put proposed parameters into force when their notice is over',
  examples: [['aivm parameters enact --from alice', 'refused while the notice runs']],
  plan: () => plan({ receiver: PARAMETERS, message: { type: 'enact' } }),
});

export const parameters: GroupSpec = {
  name: 'parameters',
  summary: 'the rules that governance may change',
  commands: [show, propose, enact],
};
