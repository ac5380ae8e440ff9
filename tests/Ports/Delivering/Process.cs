using Dapper;
using FoodDelivery.Kernel;
using FoodDelivery.Platform.Messaging;
using FoodDelivery.Platform.Storage;
using FoodDelivery.Protos.Ordering.V1;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace FoodDelivery.Tests.Ports.Delivering;

/// <summary>One simulated process: a host with its services, and the faults that it meets.</summary>
public sealed class Process(IHost host, Faults faults) : IAsyncDisposable
{
    public const string Topic = "fooddelivery.ordering.v1";
    private int _stopped;
    private bool _started;

    public async Task Start()
    {
        await host.StartAsync();
        _started = true;
    }

    public Faults Faults => faults;

    public IServiceProvider Services => host.Services;

    public IDatabase Database => Services.GetRequiredService<IDatabase>();

    public IEventLog Log => Services.GetRequiredService<IEventLog>();

    public DeadLetters DeadLetters => Services.GetRequiredService<DeadLetters>();

    /// <summary>Makes a change and its event durable: order <paramref name="key"/> has come to version <paramref name="number"/>.</summary>
    public Task<WriteResult> Send(long key, long number)
    {
        var batch = new Batch().Add("insert into changes (key, number) values (@Key, @Number)", new { Key = key.ToString(), Number = number });
        Services.GetRequiredService<Outbox>().Enqueue(
            batch,
            MessageContext.Command($"command-{key}-{number}"),
            [new PublishedEvent(Topic, key.ToString(), new OrderStatusChanged { OrderId = key, Version = number })]);
        return Database.Write(batch, default);
    }

    /// <summary>Makes an event of an order durable.</summary>
    public Task<WriteResult> Tell(OrderStatusChanged happened)
    {
        var batch = new Batch();
        Services.GetRequiredService<Outbox>().Enqueue(
            batch, MessageContext.Command($"tell-{happened.OrderId}-{happened.Version}"), [new PublishedEvent(Topic, $"{happened.OrderId}", happened)]);
        return Database.Write(batch, default);
    }

    /// <summary>The effects so far, by key in their order.</summary>
    public async Task<IReadOnlyDictionary<long, long[]>> Effects() => await Database.Read(
        static async connection => (await connection.QueryAsync<(string Key, long Number)>("select key, number from effects order by position"))
            .GroupBy(static effect => long.Parse(effect.Key), static effect => effect.Number)
            .ToDictionary(static key => key.Key, static key => key.ToArray()),
        default);

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _stopped, 1) == 0 && _started)
        {
            using var patience = new CancellationTokenSource(faults.Death.Task.IsCompleted ? TimeSpan.Zero : TimeSpan.FromSeconds(20));
            try
            {
                await host.StopAsync(patience.Token);
            }
            catch (OperationCanceledException) when (faults.Death.Task.IsCompleted)
            {
                // The dead do not stop in good order; their files are closed below, as the system does it.
            }

            await ((IAsyncDisposable)host).DisposeAsync();
        }
    }
}
