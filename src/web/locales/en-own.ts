// The words of a peer's quiet pages, loaded with the first of them that is opened.
import credentials from './en/credentials.json';
import mySupervision from './en/my-supervision.json';
import relapsePolicy from './en/relapse-policy.json';
import wellness from './en/wellness.json';

export default { ...credentials, ...mySupervision, ...relapsePolicy, ...wellness };
