using FoodDelivery.Protos.Store.V1;
using FoodDelivery.Tests.Support;
using FoodDelivery.Tests.Support.Rest;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;

namespace FoodDelivery.Tests.Contract.Stores;

public sealed class StoreLifeTests(RunningStores stores) : IClassFixture<RunningStores>
{
    private readonly StoreService.StoreServiceClient _client = new(stores.Channel);

    [Fact]
    public async Task A_store_is_created_shown_published_and_can_be_sent_back_as_it_was_read()
    {
        var created = (await stores.Rest.Post("/stores", new
        {
            name = "밤도깨비 🌙", kind = "restaurant", owner = "olga", phone = "02-123-4567", address = "서울", picture = "https://example.com/1.png", minimumOrder = "15000",
            deliveryFee = 3_000, cancelUntil = "until_accepted", timeZone = "Asia/Seoul", hours = new[] { new { day = "friday", from = "18:00", to = "02:00" } },
            closedDays = new[] { "2026-12-25" }, autoAccept = true, answerWithinMinutes = 15,
        })).Expect(201);

        var id = created.Number("storeId");
        Assert.Equal(($"/stores/{id}", "\"1\"", "olga"), (created.Header("Location"), created.Header("ETag"), created.Word("owner")));
        var read = (await stores.Rest.Get($"/stores/{id}")).Expect(200);
        Assert.False(read.Body.TryGetProperty("owner", out var owner) && owner.ValueKind != System.Text.Json.JsonValueKind.Null);
        Assert.Equal((15_000, 3_000, "until_accepted", "friday", "02:00"), (read.Number("minimumOrder"), read.Number("deliveryFee"), read.Word("cancelUntil"), read.Word("hours", "0", "day"), read.Word("hours", "0", "to")));

        var back = (await stores.Rest.Send(HttpMethod.Patch, $"/stores/{id}", RestClient.Raw(read.Text))).Expect(200);

        Assert.Equal((2, "olga", read.At("hours").GetRawText()), (back.Number("revision"), back.Word("owner"), back.At("hours").GetRawText()));
        var grpc = (await _client.GetStoreAsync(new GetStoreRequest { StoreId = id }, Soon)).Store;
        Assert.Equal(("", true, 15, 2L), (grpc.Owner, grpc.AutoAccept, grpc.AnswerWithinMinutes, grpc.Revision));
        await Eventually.Holds(() =>
        {
            var changes = stores.Published.OfType<StoreChanged>().Where(changed => changed.Store.StoreId == id).Select(static changed => changed.Store).ToList();
            Assert.Equal([1L, 2L], changes.Select(static store => store.Revision));
            Assert.All(changes, store => Assert.Equal(("olga", grpc.Hours[0], "2026-12-25"), (store.Owner, store.Hours[0], store.ClosedDays[0])));
            return Task.CompletedTask;
        });
    }

    [Fact]
    public async Task A_key_creates_one_store_however_often_it_is_sent()
    {
        var key = $"{Guid.NewGuid()}";
        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => stores.Rest.Post("/stores", new { name = "한번", kind = "cafe" }, key)));

        Assert.Single(answers.Select(static answer => answer.Expect(201).Number("storeId")).Distinct());
        Assert.Equal("IDEMPOTENCY_KEY_REUSED", (await stores.Rest.Post("/stores", new { name = "두번", kind = "cafe" }, key)).Expect(422).Word("reason"));
        var request = new CreateStoreRequest { Settings = new StoreSettings { Name = "한번", Kind = StoreKind.Cafe }, RequestId = $"{Guid.NewGuid()}" };
        Assert.Equal((await _client.CreateStoreAsync(request, Soon)).Store.StoreId, (await _client.CreateStoreAsync(request, Soon)).Store.StoreId);
    }

    [Fact]
    public async Task Demo_stores_are_always_open_without_fee_minimum_or_automatic_rejection()
    {
        var demo = (await stores.Rest.Get("/stores/2")).Expect(200);

        Assert.Equal((0, 0, 0, 1), (demo.Number("minimumOrder"), demo.Number("deliveryFee"), demo.Number("answerWithinMinutes"), demo.Number("revision")));
        Assert.Equal((0, 0), (demo.At("hours").GetArrayLength(), demo.At("closedDays").GetArrayLength()));
    }

    [Theory]
    [InlineData("""{"kind":"cafe"}""", "name", "settings.name")]
    [InlineData("""{"name":"x","kind":"bar"}""", "kind", null)]
    [InlineData("""{"name":"x","kind":"cafe","deliveryFee":1}""", "deliveryFee", "settings.delivery_fee_won")]
    [InlineData("""{"name":"x","kind":"cafe","minimumOrder":-1}""", "minimumOrder", "settings.minimum_order_won")]
    [InlineData("""{"name":"x","kind":"cafe","timeZone":"Mars"}""", "timeZone", "settings.time_zone")]
    [InlineData("""{"name":"x","kind":"cafe","cancelUntil":"never"}""", "cancelUntil", null)]
    [InlineData("""{"name":"x","kind":"cafe","hours":[{"day":"monday","from":"09:00","to":"25:00"}]}""", "hours[0].to", "settings.hours.periods[0].to")]
    [InlineData("""{"name":"x","kind":"cafe","hours":[{"day":7,"from":"09:00","to":"10:00"}]}""", "hours[0].day", "settings.hours.periods[0].day")]
    [InlineData("""{"name":"x","kind":"cafe","hours":"always"}""", "hours", null)]
    [InlineData("""{"name":"x","kind":"cafe","closedDays":["tomorrow"]}""", "closedDays[0]", "settings.closed_days.days[0]")]
    [InlineData("""{"name":"x","kind":"cafe","answerWithinMinutes":9999}""", "answerWithinMinutes", "settings.answer_within_minutes")]
    public async Task What_is_wrong_with_a_store_is_named_in_each_protocols_words(string body, string field, string? grpcField)
    {
        Assert.Equal(field, (await stores.Rest.Send(HttpMethod.Post, "/stores", RestClient.Raw(body))).Expect(400).Word("field"));
        if (grpcField is null)
            return;

        var refusal = await Assert.ThrowsAsync<RpcException>(async () => await _client.CreateStoreAsync(new CreateStoreRequest { Settings = Settings(body) }, Soon));
        Assert.Equal((StatusCode.InvalidArgument, grpcField), (refusal.StatusCode, refusal.GetRpcStatus()!.GetDetail<BadRequest>()!.FieldViolations.Single().Field));
    }

    [Fact]
    public async Task If_Match_and_revisions_decide_upon_the_version_that_was_seen()
    {
        var id = await Create();

        Assert.Equal("PRECONDITION_FAILED", (await Send(HttpMethod.Patch, "", "\"99\"")).Expect(412).Word("reason"));
        Assert.Equal("\"2\"", (await Send(HttpMethod.Patch, "", "\"1\"")).Expect(200).Header("ETag"));
        (await Send(HttpMethod.Post, "/pause", "\"1\"")).Expect(412);
        (await Send(HttpMethod.Post, "/resume", "\"1\"")).Expect(412);
        (await Send(HttpMethod.Post, "/close", "\"1\"")).Expect(412);
        (await stores.Rest.Patch($"/stores/{id}", new { phone = "1", revision = 1 })).Expect(409);
        var stale = await Assert.ThrowsAsync<RpcException>(async () => await _client.UpdateStoreAsync(new UpdateStoreRequest { StoreId = id, Revision = 1 }, Soon));
        Assert.Equal(StatusCode.Aborted, stale.StatusCode);
        Assert.Equal(3, (await _client.UpdateStoreAsync(new UpdateStoreRequest { StoreId = id, Settings = new StoreSettings { Phone = "2" }, Revision = 2 }, Soon)).Store.Revision);

        async Task<Answer> Send(HttpMethod method, string path, string ifMatch) =>
            await stores.Rest.Send(method, $"/stores/{id}{path}", RestClient.Raw("""{"phone":"1"}"""), ifMatch: ifMatch);
    }

    [Fact]
    public async Task A_store_pauses_resumes_and_closes_over_both_protocols()
    {
        var id = await Create();
        var until = TimeProvider.System.GetUtcNow().AddHours(1);

        Assert.Equal("until", (await stores.Rest.Post($"/stores/{id}/pause", new { until = "soon" })).Expect(400).Word("field"));
        Assert.Equal("until", (await stores.Rest.Post($"/stores/{id}/pause", new { until = "2020-01-01T00:00:00Z" })).Expect(400).Word("field"));
        Assert.Equal("until", (await stores.Rest.Post($"/stores/{id}/pause", new { until = $"{until:yyyy-MM-ddTHH:mm:ss}" })).Expect(400).Word("field"));
        Assert.True((await stores.Rest.Send(HttpMethod.Post, $"/stores/{id}/pause")).Expect(200).At("paused").GetBoolean());
        Assert.False((await stores.Rest.Send(HttpMethod.Post, $"/stores/{id}/resume")).Expect(200).At("paused").GetBoolean());
        Assert.Equal(until.ToUnixTimeMilliseconds(), (await _client.PauseStoreAsync(new PauseStoreRequest { StoreId = id, Until = until.ToTimestamp() }, Soon)).Store.Pause.Until.ToDateTimeOffset().ToUnixTimeMilliseconds());
        Assert.Null((await _client.ResumeStoreAsync(new ResumeStoreRequest { StoreId = id }, Soon)).Store.Pause);
        Assert.True((await stores.Rest.Send(HttpMethod.Post, $"/stores/{id}/close")).Expect(200).At("closedForGood").GetBoolean());
        Assert.True((await _client.CloseStoreAsync(new CloseStoreRequest { StoreId = id }, Soon)).Store.ClosedForGood);
        Assert.Equal("STORE_CLOSED_FOR_GOOD", (await stores.Rest.Patch($"/stores/{id}", new { phone = "1" })).Expect(409).Word("reason"));
        (await stores.Rest.Send(HttpMethod.Post, "/stores/999/pause")).Expect(404);
    }

    [Fact]
    public async Task A_store_that_accepts_by_itself_tells_both_steps_and_its_open_tickets_go_on_when_it_closes()
    {
        var id = await Create(autoAccept: true);

        var order = await stores.Order(id);

        Assert.Equal("receive", (await stores.Rest.Get($"/deliveries/{order}")).Expect(200).Word("status"));
        (await stores.Rest.Send(HttpMethod.Post, $"/stores/{id}/close")).Expect(200);
        (await stores.Rest.Patch($"/deliveries/{order}", new { status = "cook" })).Expect(200);
        await Eventually.Holds(() =>
        {
            Assert.Equal(
                [TicketStatus.OrderGet, TicketStatus.Receive, TicketStatus.Cook], stores.PublishedOf<TicketStatusChanged>(order).Select(static change => change.Status));
            return Task.CompletedTask;
        });
    }

    [Fact]
    public async Task What_nobody_has_answered_in_time_is_rejected_once_by_several_replicas()
    {
        var order = await stores.Order((await stores.Rest.Post("/stores", new { name = "가게", kind = "restaurant" })).Expect(201).Number("storeId"));
        var demos = await stores.Order();
        var replica = await stores.Replica();
        try
        {
            await Task.WhenAll(new[] { stores, replica, stores, replica }.Select(static one => new FoodDelivery.Stores.RejectUnansweredHandler(
                one.Services.GetRequiredService<FoodDelivery.Stores.Ports.ITickets>(), new JumpingClock { Ahead = TimeSpan.FromMinutes(11) })
                .Handle(new(), FoodDelivery.Kernel.MessageContext.Command($"{Guid.NewGuid()}"), default)));

            var rejected = (await replica.Rest.Get($"/deliveries/{order}")).Expect(200);
            Assert.Equal(("reject", "The store did not answer in time.", 2), (rejected.Word("status"), rejected.Word("reason"), rejected.Number("version")));
            Assert.Equal("order_get", (await stores.Rest.Get($"/deliveries/{demos}")).Expect(200).Word("status"));
            await Eventually.Holds(() =>
            {
                Assert.Equal([TicketStatus.OrderGet, TicketStatus.Reject], stores.PublishedOf<TicketStatusChanged>(order).Select(static change => change.Status));
                return Task.CompletedTask;
            });
        }
        finally
        {
            await replica.DisposeAsync();
        }
    }

    private static CallOptions Soon => new(deadline: TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(20));

    private async Task<long> Create(bool autoAccept = false) =>
        (await stores.Rest.Post("/stores", new { name = "가게", kind = "restaurant", autoAccept })).Expect(201).Number("storeId");

    // What the REST body says, as far as gRPC can say it.
    private static StoreSettings Settings(string body)
    {
        var said = System.Text.Json.JsonDocument.Parse(body).RootElement;
        var settings = new StoreSettings { Kind = StoreKind.Cafe };
        foreach (var field in said.EnumerateObject())
        {
            switch (field.Name)
            {
                case "name":
                    settings.Name = field.Value.GetString();
                    break;
                case "deliveryFee":
                    settings.DeliveryFeeWon = field.Value.GetInt64();
                    break;
                case "minimumOrder":
                    settings.MinimumOrderWon = field.Value.GetInt64();
                    break;
                case "timeZone":
                    settings.TimeZone = field.Value.GetString();
                    break;
                case "hours":
                    var period = field.Value[0];
                    var isNamed = period.GetProperty("day").ValueKind == System.Text.Json.JsonValueKind.String;
                    settings.Hours = new OpeningTimes { Periods = { new OpeningPeriod { Day = isNamed ? Weekday.Monday : (Weekday)9, From = period.Word("from"), To = period.Word("to") } } };
                    break;
                case "closedDays":
                    settings.ClosedDays = new ClosedDays { Days = { field.Value[0].GetString() } };
                    break;
                case "answerWithinMinutes":
                    settings.AnswerWithinMinutes = field.Value.GetInt32();
                    break;
            }
        }

        return settings;
    }
}
