import { readSettings, type Settings } from '../../src/base/settings.ts';

/** The settings of a test service: links begin with an address that only has to be followed by its path. */
export function testSettings(): Settings {
  return readSettings({
    NODE_ENV: 'test',
    BASE_URL: 'https://boostdagar.example.se',
    MAIL_FROM: 'boostdagar@example.se',
    SECRET: 'a secret of the tests, long enough to be one',
    EXAMPLE_DATA: 'false',
    RATE_LIMIT: 'off',
    LOG_LEVEL: 'silent',
  });
}
