// The words of everybody's pages but the peers': a phone at night need not load them.
import account from './es/account.json';
import admin from './es/admin.json';
import board from './es/board.json';
import credentials from './es/credentials.json';
import intake from './es/intake.json';
import mySupervision from './es/my-supervision.json';
import supervision from './es/supervision.json';
import supervisor from './es/supervisor.json';
import relapsePolicy from './es/relapse-policy.json';
import wellness from './es/wellness.json';

export default { ...relapsePolicy, ...wellness, ...board, ...intake, ...supervisor, ...admin, ...account, ...credentials, ...supervision, ...mySupervision };
