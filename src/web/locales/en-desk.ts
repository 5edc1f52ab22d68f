// The words of everybody's pages but the peers': a phone at night need not load them.
import account from './en/account.json';
import admin from './en/admin.json';
import board from './en/board.json';
import credentials from './en/credentials.json';
import intake from './en/intake.json';
import mySupervision from './en/my-supervision.json';
import supervision from './en/supervision.json';
import supervisor from './en/supervisor.json';
import relapsePolicy from './en/relapse-policy.json';
import wellness from './en/wellness.json';

export default { ...relapsePolicy, ...wellness, ...board, ...intake, ...supervisor, ...admin, ...account, ...credentials, ...supervision, ...mySupervision };
