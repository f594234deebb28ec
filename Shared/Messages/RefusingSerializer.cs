using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Configuration;
using Akka.Serialization;

namespace CalciumSweep.Shared.Messages;

/// <summary>
/// Stands in the place of Akka's JSON serializer (identifier 1), which builds whatever type a message names. Nothing
/// is written by it and nothing read.
/// </summary>
/// <param name="system">The actor system.</param>
/// <param name="config">Settings of the serializer it replaces; not used, but Akka looks for this constructor.</param>
#pragma warning disable IDE0060, CS9113 // the constructor's shape is Akka's
public sealed class RefusingSerializer(ExtendedActorSystem system, Config config) : Serializer(system)
#pragma warning restore IDE0060, CS9113
{
    /// <inheritdoc/>
    public override bool IncludeManifest => false;

    /// <inheritdoc/>
    public override byte[] ToBinary(object obj) =>
        throw new SerializationException($"{obj.GetType()} has no wire format");

    /// <inheritdoc/>
    public override object FromBinary(byte[] bytes, Type type) =>
        throw new SerializationException("The JSON serializer is disabled");
}
