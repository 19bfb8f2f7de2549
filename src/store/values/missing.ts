import { refuse, StoreError } from './errors.ts';

/**
 * The names of MongoDB 7.0 that are refused here. `src/store/README.md` lists the same; a test compares both.
 * Any other unknown name gets MongoDB's own error.
 */
export const missing = {
  stages:
    words(`$bucketAuto $changeStream $changeStreamSplitLargeEvent $currentOp $densify $documents $fill $geoNear
    $indexStats $listLocalSessions $listSampledQueries $listSearchIndexes $listSessions $planCacheStats $redact $sample
    $search $searchMeta $setWindowFields $shardedDataDistribution $vectorSearch`),
  'query operators': words(
    `$geoIntersects $geoWithin $jsonSchema $near $nearSphere $sampleRate $text $where`,
  ),
  expressions:
    words(`$acos $acosh $asin $asinh $atan $atan2 $atanh $binarySize $bitAnd $bitNot $bitOr $bitXor $bsonSize
    $cos $cosh $degreesToRadians $function $indexOfBytes $median $meta $percentile $radiansToDegrees $sampleRate $sin
    $sinh $stdDevPop $stdDevSamp $tan $tanh $tsIncrement $tsSecond`),
  accumulators: words('$accumulator $stdDevPop $stdDevSamp'),
  variables: words('$$CLUSTER_TIME $$JS_SCOPE $$SEARCH_META $$USER_ROLES'),
  commands:
    words(`abortReshardCollection aggregateCursor appendOplogNote authenticate bulkWrite cloneCollectionAsCapped
    collMod compact configureFailPoint convertToCapped createRole createSearchIndexes createUser currentOp dataSize
    dropConnections dropRole dropUser explainable filemd5 fsync fsyncUnlock geoSearch getDefaultRWConcern grantRolesToUser
    invalidateUserCache killAllSessions killOp logRotate logout lockInfo mapReduce planCacheClear profile reIndex
    renameCollection replSetStepDown rolesInfo rotateCertificates saslContinue saslStart setDefaultRWConcern
    setFeatureCompatibilityVersion setIndexCommitQuorum setParameter shutdown top updateUser usersInfo validate
    whatsmyuri`),
  'kinds of indexes': words('text 2d 2dsphere hashed'),
  'options of indexes':
    words(`2dsphereIndexVersion bits bucketSize clustered default_language hidden language_override max
    min prepareUnique storageEngine textIndexVersion weights wildcardProjection`),
  'options of `create`':
    words(`capped changeStreamPreAndPostImages clusteredIndex encryptedFields expireAfterSeconds
    indexOptionDefaults max pipeline size storageEngine timeseries validationAction validationLevel validator viewOn`),
  'options of `find`': words('awaitData max min returnKey showRecordId tailable'),
  'options of other commands': words('aggregate.exchange aggregate.explain'),
  'date formats of `$dateFromString`': words('%B %G %V %Z %b %j %u'),
};

export type Kind = keyof typeof missing;

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(/\s+/));
}

/** Throws for a name that is not answered: 238 if MongoDB has it, else MongoDB's error for an unknown name. */
export function refuseName(kind: Kind, name: string, code: number, message: string): never {
  if (missing[kind].has(name)) refuse(name);
  throw new StoreError(code, message);
}
