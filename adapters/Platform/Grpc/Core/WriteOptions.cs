namespace Grpc.Core;

/// <summary>Wishes about how one message is written.</summary>
[Flags]
public enum WriteFlags
{
    /// <summary>The message may wait in the buffer for the next one.</summary>
    BufferHint = 0x1,

    /// <summary>The message goes uncompressed.</summary>
    NoCompress = 0x2,
}

/// <summary>How the messages of a stream are written from now on.</summary>
public class WriteOptions
{
    /// <summary>Neither buffered nor kept from compression.</summary>
    public static readonly WriteOptions Default = new();

    /// <summary>Creates the options.</summary>
    public WriteOptions(WriteFlags flags = default) => Flags = flags;

    /// <summary>The wishes.</summary>
    public WriteFlags Flags { get; }
}
