using Xunit;

namespace CalciumSweep.StoreTests;

/// <summary>Tests that share one server, each in a schema of its own.</summary>
[CollectionDefinition(Name)]
public sealed class PostgresCollection : ICollectionFixture<PostgresServer>
{
    public const string Name = "PostgreSQL";
}
