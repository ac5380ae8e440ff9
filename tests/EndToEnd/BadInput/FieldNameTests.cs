using System.Collections;
using System.Collections.Concurrent;
using FoodDelivery.Protos.Customer.V1;
using FoodDelivery.Protos.Ordering.V1;
using FoodDelivery.Protos.Payment.V1;
using FoodDelivery.Protos.Store.V1;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Xunit.Abstractions;

namespace FoodDelivery.Tests.EndToEnd.BadInput;

/// <summary>Every method of gRPC, asked with each field of its request wrong in turn.</summary>
public sealed class FieldNameTests(RunningLocal local, ITestOutputHelper output) : LocalTests(local, output)
{
    [Fact]
    public async Task Every_field_that_a_refusal_names_is_one_of_the_requests()
    {
        using var wires = new Wires(Fleet);
        IReadOnlyList<Template> templates = [.. Template.All((await Chicken()).Id).Where(static template => template.Path.StartsWith("/fooddelivery.", StringComparison.Ordinal)), .. Further];
        var (named, foreign) = (new ConcurrentBag<string>(), new ConcurrentBag<string>());

        await Parallel.ForEachAsync(templates, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (template, _) =>
        {
            foreach (var request in Faulty(template.Request))
            {
                var call = new RpcCall(template.Service, template.Path, Frames.Of(request.ToByteArray()), Headers: template.Lasts ? [("grpc-timeout", "100m")] : []);
                if ((await wires.Rpc(call)).Field is not { } field)
                    continue;
                named.Add($"{template.Path[(template.Path.LastIndexOf('/') + 1)..]} {field}");
                if (!template.HasField(field))
                    foreign.Add($"{template.Path} names {field}");
            }
        });

        Assert.Empty(foreign.Distinct(StringComparer.Ordinal));
        Assert.Superset(
            new HashSet<string>(
                [
                    "PlaceOrder items[1].quantity", "PlaceOrder items[0].unit_price_won", "PlaceOrder request_id", "PlaceOrder items", "SignUp request_id", "SignUp name",
                    "SetOwnerContact contact.phone", "UpdateMenu dishes[1].price_won", "UpdateMenu dishes[0].dish_id", "ApprovePayment amount_won", "RefundPayment reason", "EraseCustomer customer_id",
                    "CreateStore settings.name", "CreateStore settings.closed_days.days[0]", "CreateStore settings.hours.periods[0].from",
                ],
                StringComparer.Ordinal),
            named.ToHashSet(StringComparer.Ordinal));
        Assert.Empty(Methods().Except(templates.Select(static template => template.Path), StringComparer.Ordinal));
    }

    // What the others refuse for another reason before they come to these fields.
    private static IReadOnlyList<Template> Further =>
    [
        Template.Of("Order", OrderService.Descriptor, "PlaceOrder", new PlaceOrderRequest { Items = { new OrderItem { Item = "chicken", UnitPriceWon = 77 } }, RequestId = new string('x', 501) }),
        Template.Of("Store", MenuService.Descriptor, "UpdateMenu", new UpdateMenuRequest
        {
            StoreId = 1, Dishes = { new Dish { DishId = 1, Names = { "chicken" }, PriceWon = 18_000 }, new Dish { Names = { "무" } } },
        }),
        Template.Of("Order", OrderService.Descriptor, "EraseCustomer", new EraseCustomerRequest()),
        Template.Of("Pay", PaymentService.Descriptor, "RemoveCard", new RemoveCardRequest()),
        Template.Of("Customer", MemberService.Descriptor, "SignUp", new SignUpRequest { Name = "이영희", Phone = "010-1234-5678", RequestId = new string('x', 501) }),
        Template.Of("Customer", NotificationService.Descriptor, "SetOwnerContact", new SetOwnerContactRequest { Contact = new OwnerContact { StoreId = 999_999, Phone = "1" } }),
    ];

    private static IEnumerable<string> Methods() => typeof(OrderService).Assembly.GetTypes()
        .Select(static type => type.GetProperty("Descriptor")?.GetValue(null)).OfType<ServiceDescriptor>()
        .SelectMany(static service => service.Methods.Select(method => $"/{service.FullName}/{method.Name}"));

    private static IEnumerable<IMessage> Faulty(IMessage message)
    {
        yield return message;
        foreach (var field in message.Descriptor.Fields.InDeclarationOrder())
        {
            if (!field.IsRepeated)
            {
                var parts = field.Accessor.GetValue(message) is IMessage part ? Faulty(part) : Values(field);
                foreach (var value in parts)
                    yield return With(message, other => field.Accessor.SetValue(other, value));
                continue;
            }

            var list = (IList)field.Accessor.GetValue(message);
            yield return With(message, other => ((IList)field.Accessor.GetValue(other)).Clear());
            for (var index = 0; index < list.Count; index++)
            {
                var at = index;
                foreach (var value in list[at] is IMessage one ? Faulty(one) : Values(field))
                    yield return With(message, other => ((IList)field.Accessor.GetValue(other))[at] = value);
            }
        }
    }

    private static IMessage With(IMessage message, Action<IMessage> change)
    {
        var other = message.Descriptor.Parser.ParseFrom(message.ToByteString());
        change(other);
        return other;
    }

    private static IEnumerable<object> Values(FieldDescriptor field) => field.FieldType switch
    {
        FieldType.String => ["", "\u001b", "\u200b", new string('x', 501)],
        FieldType.Int32 => [-1, 0, int.MaxValue],
        FieldType.Int64 => [-1L, 0L, long.MaxValue],
        FieldType.Enum => [Enum.ToObject(field.EnumType.ClrType, 99)],
        _ => [],
    };
}
