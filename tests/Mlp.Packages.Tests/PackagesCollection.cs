namespace Mlp.Packages.Tests;

/// <summary>Tests that look at the same packages, one after another.</summary>
[CollectionDefinition(nameof(PackagesCollection))]
public sealed class PackagesCollection : ICollectionFixture<PackedPackages>;
