import { logger } from '../../src/base/log.ts';

/** For a suite of this process whose running log nobody wants to read. */
export function withoutLog(): void {
  const { level } = logger;
  before(() => {
    logger.level = 'silent';
  });
  after(() => {
    logger.level = level;
  });
}
