using System.Runtime.InteropServices;
using System.Text;

namespace FoodDelivery.Tests.Support.Kafka;

/// <summary>librdkafka's own simulated brokers, in this process and reachable over TCP: they can fail on demand.</summary>
public sealed class MockCluster : IDisposable
{
    /// <summary>The client package's build that needs nothing of the system; a program in the sense of <see cref="Programs.OutsideProgram"/>.</summary>
    public const string Library = "centos8-librdkafka";

    private const int Producer = 0;
    private readonly nint _client;
    private readonly nint _cluster;

    /// <summary>Starts brokers, numbered from 1.</summary>
    public MockCluster(int brokers = 1)
    {
        var error = new byte[512];
        _client = New(Producer, NewConfiguration(), error, error.Length);
        if (_client == 0)
            throw new InvalidOperationException(Encoding.UTF8.GetString(error).TrimEnd('\0'));
        _cluster = NewCluster(_client, brokers);
    }

    /// <summary>What clients connect to.</summary>
    public string BootstrapServers => Marshal.PtrToStringUTF8(Bootstraps(_cluster))!;

    /// <summary>Makes a topic, on one broker.</summary>
    public void Make(string topic, int partitions) => _ = NewTopic(_cluster, topic, partitions, 1);

    /// <summary>Takes the first broker's connections down.</summary>
    public void Down() => _ = SetDown(_cluster, 1);

    /// <summary>And up again.</summary>
    public void Up() => _ = SetUp(_cluster, 1);

    /// <summary>Has the next requests of a kind fail, each with one of these errors of the protocol.</summary>
    public void Fail(short request, params int[] errors) => PushErrors(_cluster, request, (nuint)errors.Length, errors);

    /// <inheritdoc/>
    public void Dispose()
    {
        DestroyCluster(_cluster);
        Destroy(_client);
    }

    [DllImport(Library, EntryPoint = "rd_kafka_conf_new")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint NewConfiguration();

    [DllImport(Library, EntryPoint = "rd_kafka_new")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint New(int kind, nint configuration, byte[] error, nint errorSize);

    [DllImport(Library, EntryPoint = "rd_kafka_destroy")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern void Destroy(nint client);

    [DllImport(Library, EntryPoint = "rd_kafka_mock_cluster_new")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint NewCluster(nint client, int brokers);

    [DllImport(Library, EntryPoint = "rd_kafka_mock_cluster_destroy")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern void DestroyCluster(nint cluster);

    [DllImport(Library, EntryPoint = "rd_kafka_mock_cluster_bootstraps")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint Bootstraps(nint cluster);

    [DllImport(Library, EntryPoint = "rd_kafka_mock_topic_create")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int NewTopic(nint cluster, [MarshalAs(UnmanagedType.LPUTF8Str)] string topic, int partitions, int replicas);

    [DllImport(Library, EntryPoint = "rd_kafka_mock_broker_set_down")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetDown(nint cluster, int broker);

    [DllImport(Library, EntryPoint = "rd_kafka_mock_broker_set_up")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetUp(nint cluster, int broker);

    [DllImport(Library, EntryPoint = "rd_kafka_mock_push_request_errors_array")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern void PushErrors(nint cluster, short request, nuint count, int[] errors);
}
