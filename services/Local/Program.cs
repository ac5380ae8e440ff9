using FoodDelivery.Services.Local;

return await Platform.Run(args);
