using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using FoodDelivery.Customers;
using FoodDelivery.Protos.Customer.V1;
using FoodDelivery.Tests.Support;
using FoodDelivery.Tests.Support.Messages;
using ContactChannel = FoodDelivery.Protos.Customer.V1.ContactChannel;
using Language = FoodDelivery.Protos.Customer.V1.Language;
using OrderStatus = FoodDelivery.Protos.Ordering.V1.OrderStatus;
using OrderStatusChanged = FoodDelivery.Protos.Ordering.V1.OrderStatusChanged;
using static FoodDelivery.Tests.Contract.Customers.CustomerTestService;

namespace FoodDelivery.Tests.Contract.Customers;

/// <summary>Notifications that leave the process, to a provider that behaves as its guides say, faults included.</summary>
public sealed class ChannelTests : IAsyncLifetime
{
    private NhnStub _stub = null!;
    private CustomerTestService _service = null!;

    public async Task InitializeAsync()
    {
        _stub = await NhnStub.Start();
        _service = await Start([.. _stub.Settings, "--Customer:Channels:UnclearSeconds=0.2", "--Customer:NotificationClaimSeconds=6"]);
    }

    public async Task DisposeAsync()
    {
        await _service.DisposeAsync();
        await _stub.DisposeAsync();
    }

    [Fact]
    public async Task A_member_is_told_by_KakaoTalk_with_a_registered_template_and_an_SMS_to_fall_back_to()
    {
        var member = await SignUp(ContactChannel.Kakao);

        await Publish(member, Changed(1, 1, OrderStatus.PaySuccess), Changed(1, 2, OrderStatus.CancelDeclined, "이미 출발했어요 🛵"));

        var told = await Told(2);
        Assert.All(told, static message => Assert.Equal(("kakao", "01012345678"), (message.Channel, message.To)));
        Assert.Equal(("paid-ko", "order-1-1-customer"), (told[0].Template, told[0].Key));
        Assert.Equal("주문 1번(통닭 🍗 × 2 외 1건) 40,000원이 결제되었습니다. 가게의 확인을 기다리고 있습니다.", told[0].Text);
        Assert.Equal("주문 1번(통닭 × 2 외 1건) 40,000원이 결제되었습니다. 가게의 확인을 기다리고 있습니다.", told[0].Fallback);
        Assert.Equal(("cancel-denied-why-ko", "주문 1번은 취소할 수 없어 그대로 진행됩니다. 사유: 이미 출발했어요 🛵"), (told[1].Template, told[1].Text));
        await Feed("kakao", 2);
    }

    [Fact]
    public async Task A_member_is_told_by_SMS_short_or_long_and_in_English()
    {
        var member = await SignUp(ContactChannel.Sms, Language.English);

        await Publish(member, Changed(1, 2, OrderStatus.OrderReceived), Changed(1, 3, OrderStatus.Refunded, new string('긴', 50)));

        var told = await Told(2);
        Assert.Equal(("sms", "The store has accepted order 1."), (told[0].Channel, told[0].Text));
        Assert.Equal("lms", told[1].Channel);
        Assert.Contains(new string('긴', 50), told[1].Text, StringComparison.Ordinal);
        await Feed("sms", 2);
    }

    [Fact]
    public async Task Who_wants_no_messages_finds_them_in_the_feed()
    {
        var member = await SignUp(ContactChannel.None);

        await Publish(member, Changed(1, 2, OrderStatus.OrderReceived));

        await Feed("none", 1);
        Assert.Empty(_stub.Delivered);
    }

    [Fact]
    public async Task Who_opts_out_or_withdraws_is_left_in_peace_from_then_on()
    {
        var tried = new ConcurrentDictionary<string, bool>(StringComparer.Ordinal);
        _stub.Fault = key =>
        {
            tried.TryAdd(key, value: true);
            return NhnFault.FailsBefore;
        };
        var (leaving, silent) = (await SignUp(ContactChannel.Kakao), await SignUp(ContactChannel.Sms));
        await Publish(leaving, Changed(1, 2, OrderStatus.OrderReceived));
        await Publish(silent, Changed(2, 2, OrderStatus.OrderReceived));

        // Written down for them while they still wanted to be told.
        await Eventually.Holds(() =>
        {
            Assert.Equal(2, tried.Count);
            return Task.CompletedTask;
        });
        await _service.Members.WithdrawMemberAsync(new WithdrawMemberRequest { MembershipNumber = leaving });
        await _service.Members.ChangeMemberAsync(new ChangeMemberRequest { MembershipNumber = silent, Channel = ContactChannel.None });
        _stub.Fault = static _ => NhnFault.None;

        await Feed("none", 2);
        Assert.Empty(_stub.Delivered);
    }

    [Theory]
    [InlineData("똠얌꿍", "ㄸㅗㅁ얌꿍")]
    [InlineData("뷁", "ㅂㅞㄺ")]
    [InlineData("café", "cafe")]
    [InlineData("麻辣火锅 ต้มยำ!", "麻辣火□ □!")]
    [InlineData("\u110e\u1175\u110f\u1175\u11ab 🍗", "치킨")]
    public async Task What_telephones_lack_is_shown_by_what_they_have(string reason, string read)
    {
        var member = await SignUp(ContactChannel.Sms);

        await Publish(member, Changed(1, 2, OrderStatus.CancelDeclined, reason));

        Assert.EndsWith($" 사유: {read}", Assert.Single(await Told(1)).Text.TrimEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_owner_is_told_by_the_channel_they_chose()
    {
        var put = await _service.Rest.PutAsJsonAsync("/owners/2/contact", new { phone = "010-9999-8888", channel = "sms", language = "en" });
        put.EnsureSuccessStatusCode();
        Assert.Equal("010-9999-8888", (await _service.Get("/owners/2/contact")).GetProperty("phone").GetString());

        var over = await _service.Notifications.GetOwnerContactAsync(new GetOwnerContactRequest { StoreId = 2 });
        Assert.Equal(over.Contact, (await _service.Notifications.SetOwnerContactAsync(new SetOwnerContactRequest { Contact = over.Contact })).Contact);

        await _service.Confirm(new PhoneHolder(RecipientRole.Owner, "2"), "010-9999-8888");
        Assert.True((await _service.Get("/owners/2/contact")).GetProperty("phoneConfirmed").GetBoolean());

        await _service.Publish(Changed(1, 1, OrderStatus.PaySuccess));

        var told = Assert.Single(await Told(1));
        Assert.Equal(("01099998888", "order-1-1-owner"), (told.To, told.Key));
        Assert.StartsWith("A new order has arrived, number 1", told.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whatever_goes_wrong_on_the_way_each_message_is_delivered_once()
    {
        // A key that was used for a refused recipient is free again after ten minutes only, which a test cannot wait for.
        (string Member, NhnFault Fault)[] orders =
        [
            .. Enum.GetValues<NhnFault>().Except([NhnFault.RefusesRecipient]).Select(static fault => (ContactChannel.Kakao, fault))
                .Concat(Enum.GetValues<NhnFault>().Select(static fault => (ContactChannel.Sms, fault)))
                .Zip([.. await Task.WhenAll(Enumerable.Range(0, 19).Select(number => SignUp(number < 9 ? ContactChannel.Kakao : ContactChannel.Sms)))])
                .Select(static pair => (pair.Second, pair.First.fault)),
        ];
        var times = new ConcurrentDictionary<string, int>(StringComparer.Ordinal);
        _stub.Fault = key => times.AddOrUpdate(key, 1, static (_, before) => before + 1) <= 2 ? orders[int.Parse(key.Split('-')[1]) - 1].Fault : NhnFault.None;

        await _service.Publish(orders.SelectMany(static (order, index) => new[] { Changed(index + 1, 2, OrderStatus.OrderReceived), Changed(index + 1, 3, OrderStatus.Cooking) }
            .Select(changed => new OrderStatusChanged(changed) { MembershipNumber = order.Member })));

        await Feed("sms", 2 * 10);
        await Feed("kakao", 2 * 9);
        foreach (var (index, order) in orders.Index())
        {
            var told = _stub.Delivered.Select(static message => message.Key).Where(key => key.StartsWith($"order-{index + 1}-", StringComparison.Ordinal));
            Assert.True(told.SequenceEqual([$"order-{index + 1}-2-customer", $"order-{index + 1}-3-customer"]), $"{order.Fault}: {string.Join(", ", told)}");
        }
    }

    [Fact]
    public async Task While_nobody_can_tell_whether_a_message_has_left_it_is_not_sent_again()
    {
        var times = 0;
        _stub.Fault = _ => Interlocked.Increment(ref times) == 1 ? NhnFault.BreaksAfter : NhnFault.None;
        var lookUps = 0;
        _stub.LookUpFails = () => Interlocked.Increment(ref lookUps) <= 2;
        var member = await SignUp(ContactChannel.Sms);

        await Publish(member, Changed(1, 2, OrderStatus.OrderReceived));

        await Feed("sms", 1);
        Assert.Single(_stub.Delivered);
        Assert.Equal((1, 3), (times, lookUps));
    }

    [Fact]
    public async Task Amid_faults_of_all_kinds_every_change_of_every_order_is_told_once_and_in_order()
    {
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        NhnFault[] faults = [NhnFault.BreaksBefore, NhnFault.BreaksAfter, NhnFault.FailsBefore, NhnFault.FailsAfter, NhnFault.GarbageAfter, NhnFault.Refuses];
        _stub.Fault = _ =>
        {
            lock (random)
                return random.Next(4) == 0 ? faults[random.Next(faults.Length)] : NhnFault.None;
        };
        string[] members = [await SignUp(ContactChannel.Kakao), await SignUp(ContactChannel.Sms)];
        OrderStatus[] life = [OrderStatus.PaySuccess, OrderStatus.OrderReceived, OrderStatus.Cooking, OrderStatus.Delivering, OrderStatus.Delivered];

        for (var round = 0; round < 2; round++)
        {
            foreach (var (status, index) in life.Select(static (status, index) => (status, index)))
            {
                await _service.Publish(
                    Enumerable.Range(1, 20).Select(order => new OrderStatusChanged(Changed(order, index + 1, status)) { MembershipNumber = members[order % 2] }),
                    idSuffix: $"-{round}");
            }
        }

        await Eventually.Holds(async () => Assert.Equal(20 * 6, await Count("/notifications")), TimeSpan.FromSeconds(60));
        var keys = _stub.Delivered.Select(static message => message.Key).ToList();
        Assert.True(keys.Count == 100 && keys.Distinct(StringComparer.Ordinal).Count() == 100, $"seed {seed}: {keys.Count} delivered");
        Assert.All(keys.GroupBy(static key => key.Split('-')[1]), static ofOrder => Assert.Equal(ofOrder.Order(StringComparer.Ordinal), ofOrder));
    }

    [Fact]
    public async Task Every_template_can_be_registered_and_every_message_is_one_of_them()
    {
        var templates = (await _service.Get("/operations/notification-templates")).EnumerateArray().ToDictionary(
            static one => one.GetProperty("code").GetString()!, static one => Pattern(one.GetProperty("text").GetString()!), StringComparer.Ordinal);
        Assert.All(templates.Keys, static code => Assert.InRange(code.Length, 1, 20));
        var member = await SignUp(ContactChannel.Kakao);
        var statuses = Enum.GetValues<OrderStatus>().Except([OrderStatus.Unspecified]).ToArray();

        await Publish(member, [.. statuses.Select((status, index) => Changed(1, index + 1, status)), .. statuses.Select((status, index) => Changed(2, index + 2, status, "why not?"))]);

        Assert.All(await Told(2 * statuses.Length), message => Assert.Matches(templates[message.Template], message.Text));

        static string Pattern(string text) => "^" + Regex.Replace(Regex.Escape(text), @"\\#\\\{[a-z]+}", ".+", RegexOptions.None, TimeSpan.FromSeconds(1)) + "$";
    }

    [Fact]
    public async Task No_telephone_rings_before_its_owner_has_confirmed_it()
    {
        var member = await SignUp(ContactChannel.Kakao, confirmed: false);
        (await _service.Rest.PutAsJsonAsync("/owners/2/contact", new { phone = "010-9999-8888", channel = "sms" })).EnsureSuccessStatusCode();

        await Publish(member, Changed(1, 1, OrderStatus.PaySuccess));

        await Feed("none", 2);
        var feed = (await _service.Get("/notifications")).GetProperty("_embedded").GetProperty("notifications").EnumerateArray().ToList();
        Assert.All(feed, static one => Assert.Equal("PHONE_NOT_CONFIRMED", one.GetProperty("refusal").GetString()));
        Assert.All((await _service.Notifications.ListNotificationsAsync(new ListNotificationsRequest())).Notifications, static one => Assert.Equal("PHONE_NOT_CONFIRMED", one.Refusal));
        Assert.Empty(_stub.Delivered);
    }

    [Fact]
    public async Task A_telephone_rings_so_often_a_day_and_what_is_over_stands_in_the_feed()
    {
        await using var strict = await Start([.. _stub.Settings, "--Customer:Messages:ToPhoneADay=2"]);
        var number = (await strict.Members.SignUpAsync(new SignUpRequest { Name = "kim", Phone = "010-1234-5678", Channel = ContactChannel.Sms })).Member.MembershipNumber;
        await strict.Confirm(new PhoneHolder(RecipientRole.Customer, number), "010-1234-5678");

        await strict.Publish(Enumerable.Range(1, 3).Select(order => new OrderStatusChanged(Changed(order, 2, OrderStatus.Cooking)) { MembershipNumber = number }));

        await Eventually.Holds(async () => Assert.Equal(
            ["none TOO_MANY_TO_PHONE", "sms ", "sms "],
            (await strict.Get("/notifications")).GetProperty("_embedded").GetProperty("notifications").EnumerateArray()
                .Select(static one => $"{one.GetProperty("channel").GetString()} {one.GetProperty("refusal").GetString()}").Order(StringComparer.Ordinal)));
        Assert.Equal(2, _stub.Delivered.Count);
    }

    [Theory]
    [InlineData("--Customer:Kakao:AppKey=x", "Customer:Kakao:SecretKey")]
    [InlineData("--Customer:Sms:SecretKey=s3cr3t", "Customer:Sms:AppKey")]
    [InlineData("--Customer:Sms:Address=ftp://example.com", "Customer:Sms:Address")]
    [InlineData("--Customer:Channels:UnclearSeconds=soon", "Customer:Channels:UnclearSeconds")]
    [InlineData("--Customer:PhoneCodes:ValidMinutes=0", "Customer:PhoneCodes:ValidMinutes")]
    [InlineData("--Customer:PhoneCodes:Tries=11", "Customer:PhoneCodes:Tries")]
    [InlineData("--Customer:PhoneCodes:ToPhoneAnHour=0", "Customer:PhoneCodes:ToPhoneAnHour")]
    [InlineData("--Customer:PhoneCodes:OfCallerAnHour=many", "Customer:PhoneCodes:OfCallerAnHour")]
    [InlineData("--Customer:Messages:ToPhoneADay=0", "Customer:Messages:ToPhoneADay")]
    [InlineData("--Customer:Messages:OfCallerADay=-1", "Customer:Messages:OfCallerADay")]
    public async Task A_setting_that_is_missing_or_senseless_is_named(string setting, string named)
    {
        var refusal = await Assert.ThrowsAnyAsync<Exception>(() => Start(setting));

        Assert.Contains(named, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cr3t", refusal.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_provider_the_console_shows_it_and_the_feed_says_which_channel_it_would_be()
    {
        await using var alone = await Start();
        var member = (await alone.Members.SignUpAsync(new SignUpRequest { Name = "kim", Phone = "01012345678", Channel = ContactChannel.Kakao })).Member;

        await alone.Publish(new OrderStatusChanged(Changed(1, 2, OrderStatus.OrderReceived)) { MembershipNumber = member.MembershipNumber });

        await Eventually.Holds(async () => Assert.Equal(
            "kakao", (await alone.Get("/notifications")).GetProperty("_embedded").GetProperty("notifications")[0].GetProperty("channel").GetString()));
    }

    private async Task<string> SignUp(ContactChannel channel, Language language = Language.Korean, bool confirmed = true)
    {
        var request = new SignUpRequest { Name = "김철수", Phone = "010-1234-5678", Channel = channel, Language = language };
        var number = (await _service.Members.SignUpAsync(request)).Member.MembershipNumber;
        if (confirmed)
            await _service.Confirm(new PhoneHolder(RecipientRole.Customer, number), request.Phone);
        return number;
    }

    private Task Publish(string member, params OrderStatusChanged[] changes) =>
        _service.Publish(changes.Select(changed => new OrderStatusChanged(changed) { MembershipNumber = member }));

    private Task<IReadOnlyList<DeliveredMessage>> Told(int times) => Eventually.Gives(() =>
    {
        Assert.Equal(times, _stub.Delivered.Count);
        return Task.FromResult(_stub.Delivered);
    });

    private Task Feed(string channel, int times) => Eventually.Holds(
        async () =>
        {
            var feed = (await _service.Get("/notifications?size=1000")).GetProperty("_embedded").GetProperty("notifications").EnumerateArray().ToList();
            Assert.Equal(times, feed.Count(one => one.GetProperty("channel").GetString() == channel));
        },
        TimeSpan.FromSeconds(30));

    private async Task<int> Count(string path) => (await _service.Get(path)).GetProperty("page").GetProperty("totalElements").GetInt32();
}
