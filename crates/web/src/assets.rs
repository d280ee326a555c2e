//! Names of assets.
