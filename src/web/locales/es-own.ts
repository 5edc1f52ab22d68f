// The words of a peer's quiet pages, loaded with the first of them that is opened.
import credentials from './es/credentials.json';
import mySupervision from './es/my-supervision.json';
import relapsePolicy from './es/relapse-policy.json';
import wellness from './es/wellness.json';

export default { ...credentials, ...mySupervision, ...relapsePolicy, ...wellness };
