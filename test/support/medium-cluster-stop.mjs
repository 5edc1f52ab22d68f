export { stopCluster as default } from './medium-cluster.mjs';
