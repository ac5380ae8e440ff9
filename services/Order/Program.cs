using FoodDelivery.Platform.Hosting;
using FoodDelivery.Services.Order;

return await ServiceRunner.Run("Order", () => OrderService.Build(args));
