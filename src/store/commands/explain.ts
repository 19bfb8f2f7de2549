import type { Document } from 'bson';
import { find, planOf, type Query } from '../planning/find.ts';
import type { Plan } from '../planning/plan.ts';
import { refuse } from '../values/errors.ts';
import { type Call, type Command, collectionOf, ok } from './call.ts';
import { aggregateDocuments, findDocuments, queryOf, type Reading } from './readings.ts';

/** Shows which index a command uses, and with executionStats what it looked at. Nothing is written. */
export const explainCommand: Command = {
  options: 'verbosity',
  run: (call) => {
    const { explain: command, verbosity = 'allPlansExecution' } = call.command;
    const name = Object.keys(command)[0] ?? '';
    const inner: Call = { ...call, name, command };
    const { query, documents, seen, stages } = readingOf(inner);
    const shown: Document = { queryPlanner: plannerOf(inner, query) };
    if (verbosity !== 'queryPlanner') {
      const start = performance.now();
      const nReturned = Array.from(documents).length;
      shown.executionStats = {
        executionSuccess: true,
        nReturned,
        executionTimeMillis: Math.round(performance.now() - start),
        totalKeysExamined: seen.keys,
        totalDocsExamined: seen.documents,
      };
    }
    if (stages.length > 0) shown.stages = [{ $cursor: { ...shown } }, ...stages];
    return ok({ explainVersion: '1', ...shown, command });
  },
};

function readingOf(call: Call): Reading {
  const { command, name } = call;
  const [operation = {}] = command.updates ?? command.deletes ?? [];
  switch (name) {
    case 'find':
      return findDocuments(call);
    case 'aggregate':
      return aggregateDocuments(call);
    case 'count':
    case 'distinct':
    case 'findAndModify':
      return lookup(call, command.query);
    case 'update':
    case 'delete':
      return lookup({ ...call, command: { [name]: command[name], ...operation, limit: 0 } }, operation.q);
    default:
      return refuse(`explain of ${name}`);
  }
}

function lookup(call: Call, filter: Document): Reading {
  const collection = collectionOf(call);
  const query = queryOf(call, collection, filter);
  const seen = { keys: 0, documents: 0 };
  const documents = Array.from(find(call.view, collection, query, seen), (row) => row.raw);
  return { query, seen, documents, stages: [], holds: false };
}

function plannerOf(call: Call, query: Query): Document {
  const collection = collectionOf(call);
  if (!collection)
    return { namespace: `${call.database}.${call.command[call.name]}`, winningPlan: { stage: 'EOF' } };
  const plan = planOf(call.view, collection, query);
  const scan = scanOf(plan);
  const winningPlan = plan.sorted ? scan : { stage: 'SORT', sortPattern: query.sort, inputStage: scan };
  return { namespace: collection.namespace, parsedQuery: query.filter, winningPlan, rejectedPlans: [] };
}

function scanOf({ index, reverse, union, merged, ranges, ...plan }: Plan): Document {
  const direction = reverse ? 'backward' : 'forward';
  if (union)
    return {
      stage: 'FETCH',
      inputStage: { stage: 'OR', inputStages: union.map((plan) => scanOf(plan).inputStage) },
    };
  if (!index) return { stage: 'COLLSCAN', direction };
  const inputStage = {
    stage: 'IXSCAN',
    indexName: index.name,
    keyPattern: index.spec.key,
    isMultiKey: index.multikey,
    isUnique: index.unique,
    direction,
  };
  if (!merged || !plan.sorted) return { stage: 'FETCH', inputStage };
  return { stage: 'FETCH', inputStage: { stage: 'SORT_MERGE', inputStages: ranges.map(() => inputStage) } };
}
