using FoodDelivery.Platform.Messaging;
using FoodDelivery.Platform.Storage;
using FoodDelivery.Protos.Ordering.V1;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace FoodDelivery.Tests.Ports.Delivering;

/// <summary>From a change in one service to its effect in another, through outbox, log and inbox: what every combination of adapters holds.</summary>
public abstract partial class DeliverySuite : IAsyncLifetime
{
    protected const string Consumer = "receiving";
    private readonly List<Process> _processes = [];

    /// <summary>What the receiver does with an event before its effect: nothing, unless a test says so.</summary>
    protected Func<ReceivedEvent, OrderStatusChanged, Task> Meet { get; set; } = static (_, _) => Task.CompletedTask;

    /// <summary>Settings that a test needs besides the usual.</summary>
    protected IDictionary<string, string?> Settings { get; } = new Dictionary<string, string?>(StringComparer.Ordinal)
    {
        ["Messaging:FirstRetry"] = "00:00:00.005",
        ["Messaging:LongestRetry"] = "00:00:00.050",
        ["Messaging:RelayLease"] = "00:00:01",
    };

    /// <summary>Registers the database of one of the test's two services; several processes may open the same.</summary>
    /// <param name="services">The process's registrations.</param>
    /// <param name="name"><c>Sender</c> or <c>Receiver</c>: the folder of its migrations.</param>
    protected abstract void AddDatabase(IServiceCollection services, string name);

    /// <summary>Registers the log, which all processes share.</summary>
    protected abstract void AddLog(IServiceCollection services);

    public virtual Task InitializeAsync() => Task.CompletedTask;

    public virtual async Task DisposeAsync()
    {
        foreach (var process in _processes)
            await process.DisposeAsync();
    }

    protected Task<Process> Sender(Faults? faults = null) => Started("Sender", faults, static services => services.AddOutbox("/ports/sender"));

    protected Task<Process> Receiver(Faults? faults = null) => Started("Receiver", faults, services => services.AddConsumer(
        Consumer, Process.Topic, handlers => handlers.On<OrderStatusChanged>(Receive)));

    private async Task Receive(IServiceProvider services, OrderStatusChanged happened, ReceivedEvent received, CancellationToken cancellation)
    {
        await Meet(received, happened);
        var effect = new Batch().Once(received.MessageContext).Add(
            "insert into effects (key, number) values (@Key, @Number)", new { Key = received.Correlation, Number = happened.Version });
        (await services.GetRequiredService<IDatabase>().Write(effect, cancellation)).ThrowIfStale("nothing");
    }

    private async Task<Process> Started(string name, Faults? faults, Action<IServiceCollection> configure)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(Settings);
        builder.Logging.ClearProviders();
        AddDatabase(builder.Services, name);
        AddLog(builder.Services);
        configure(builder.Services);
        faults ??= new Faults();
        Decorate<IDatabase>(builder.Services, database => new FaultyDatabase(database, faults));
        Decorate<IEventLog>(builder.Services, log => new FaultyLog(log, faults));
        var process = new Process(builder.Build(), faults);
        _processes.Add(process);
        await process.Start();
        return process;
    }

    private static void Decorate<T>(IServiceCollection services, Func<T, T> decorate)
        where T : class
    {
        var inner = services.Last(static service => service.ServiceType == typeof(T));
        services.AddSingleton(provider => decorate((T)inner.ImplementationFactory!(provider)));
    }
}
